using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace ActorShop.Testing.Contracts;

/// <summary>An answer that the document describes.</summary>
public sealed class ApiAnswer
{
    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    // Written by the server for any answer.
    private static readonly string[] OfTransport = ["Content-Type", "Content-Length", "Date", "Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly string _operation;
    private readonly string _description;
    private readonly string? _contentType;
    private readonly Lazy<JsonSchema?> _schema;
    private readonly Dictionary<string, bool> _headers;

    internal ApiAnswer(string operation, JsonObject answer, ApiDocument document)
    {
        _operation = operation;
        _description = answer["description"]!.GetValue<string>();
        var content = answer["content"]?.AsObject().Single();
        _contentType = content?.Key;
        _schema = new(() => content?.Value!["schema"] is { } schema ? document.ToSchema(schema) : null);
        _headers = (answer["headers"]?.AsObject() ?? []).ToDictionary(
            static header => header.Key,
            header => document.Resolve(header.Value!)["required"]?.GetValue<bool>() is true,
            StringComparer.OrdinalIgnoreCase);
    }

    public bool HasBody => _contentType is not null;

    /// <summary>Whether an answer has a code of this one, or is the server's own with this status as its name.</summary>
    /// <remarks>An answer to HEAD has the headers of a problem only.</remarks>
    internal bool IsFor(ApiReply reply) => HasBody
        ? reply is { Method: "HEAD", ContentType: "application/problem+json" } || CodeOf(reply) is { } code && Names(code)
        : reply.ContentType is null && string.Equals(_operation, reply.Status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    internal IReadOnlyList<string> Differences(ApiReply reply) => [.. Faults(reply).Select(fault => $"{_operation} {reply.Status}: {fault}")];

    private static string? CodeOf(ApiReply reply) => reply.ContentType is "application/problem+json" && reply.Body.Length > 0
        ? JsonNode.Parse(reply.Body)!["code"]!.GetValue<string>()
        : null;

    private bool Names(string code) => _description.Contains($"`{code}`", StringComparison.Ordinal);

    private IEnumerable<string> Faults(ApiReply reply)
    {
        foreach (var header in reply.Headers.Except(_headers.Keys, StringComparer.OrdinalIgnoreCase).Except(OfTransport, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"the header {header} is not documented";
        }

        foreach (var (header, _) in _headers.Where(static header => header.Value).ExceptBy(reply.Headers, static header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"the header {header} is absent";
        }

        if (reply.Method is "HEAD")
        {
            yield break;
        }

        if (!string.Equals(reply.ContentType, _contentType, StringComparison.Ordinal))
        {
            yield return $"the content type is {reply.ContentType ?? "absent"}, not {_contentType ?? "absent"}";
            yield break;
        }

        if (CodeOf(reply) is { } code && !Names(code))
        {
            yield return $"the code {code} is not documented";
        }

        if (_schema.Value is { } schema)
        {
            using var body = JsonDocument.Parse(reply.Body);
            var result = schema.Evaluate(body.RootElement, Strictly);
            if (!result.IsValid)
            {
                yield return string.Join("; ", (result.Details ?? []).Where(static detail => detail.Errors is not null)
                    .Select(static detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}")) + $" in {reply.Body}";
            }
        }
        else if (reply.Body.Length > 0)
        {
            yield return $"the answer has a body: {reply.Body}";
        }
    }
}
