using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorShop.Testing.Contracts;

public sealed class ApiOperation
{
    private readonly string[] _segments;

    internal ApiOperation(string method, string path, JsonObject operation, ApiDocument document)
    {
        (Method, Path, Id) = (method, path, operation["operationId"]?.GetValue<string>() ?? $"{method} {path}");
        _segments = path.Split('/');
        Literals = _segments.Count(static segment => !IsParameter(segment));
        Answers = operation["responses"]!.AsObject().ToDictionary(
            static answer => int.Parse(answer.Key, CultureInfo.InvariantCulture),
            answer => new ApiAnswer(Id, document.Resolve(answer.Value!), document));
        Parameters = [.. operation["parameters"]?.AsArray().Select(parameter => document.Resolve(parameter!)) ?? []];
        IsSecured = operation["security"] is not null;
        if (operation["requestBody"] is JsonObject body)
        {
            IsBodyRequired = body["required"]?.GetValue<bool>() is true;
            Body = body["content"]!["application/json"]!["schema"];

            // The writer of the document leaves out an empty example.
            BodyExample = body["content"]!["application/json"]!["example"] ?? (IsBodyRequired ? null : new JsonObject());
        }
    }

    public string Id { get; }

    public string Method { get; }

    public string Path { get; }

    public bool IsSecured { get; }

    public IReadOnlyList<JsonObject> Parameters { get; }

    public IReadOnlyDictionary<int, ApiAnswer> Answers { get; }

    public JsonNode? Body { get; }

    public JsonNode? BodyExample { get; }

    public bool IsBodyRequired { get; }

    internal int Literals { get; }

    public override string ToString() => Id;

    // Routing ignores case and a trailing slash.
    internal bool Matches(string method, string path)
    {
        var given = path.TrimEnd('/').Split('/');
        return (string.Equals(method, Method, StringComparison.OrdinalIgnoreCase) || (method is "HEAD" && Method is "GET"))
            && given.Length == _segments.Length
            && given.Zip(_segments).All(static pair => IsParameter(pair.Second)
                ? pair.First.Length > 0
                : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
