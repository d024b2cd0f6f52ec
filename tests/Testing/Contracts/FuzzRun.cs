using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace ActorShop.Testing.Contracts;

/// <summary>Sends random requests that are made from the API's document, valid ones and spoilt ones, and compares each answer with it.</summary>
/// <remarks>
/// A finding is a 5xx, an answer that the document does not describe, a body that the document forbids and the API accepts, and a request that the
/// document allows and the API calls malformed. The requests depend on the seed and on the ids that the shop makes.
/// </remarks>
public sealed partial class FuzzRun(HttpClient http, ApiDocument document, string key, int seed)
{
    private const int MostFindings = 20;

    // What a schema says. A request that follows it is refused for other reasons only, such as a member that another one requires.
    private static readonly string[] Structural =
    [
        "malformed_request\"", "unsupported_media_type\"", "unknown_member\"", "missing_member\",\"message\":\"Required.\"", "duplicate_member\"", "wrong_type\"",
        "wrong_length\"", "wrong_count\"", "unknown_parameter\"",
    ];

    private static readonly string[] Parts = ["path", "query", "header", "method"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

    private static readonly string[] Headers = ["Accept", "X-Request-Id", "If-Match", "If-None-Match", "Prefer", "Range", "traceparent"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, List<string>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private readonly SortedDictionary<int, int> _statuses = [];
    private readonly HashSet<string> _succeeded = new(StringComparer.Ordinal);
    private JsonMaker _maker = null!;
    private Mutations _mutations = null!;

    public IReadOnlyList<string> Findings => _findings;

    /// <summary>How many answers had each status.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    /// <summary>The operations that succeeded at least once.</summary>
    public IReadOnlyCollection<string> Succeeded => _succeeded;

    public async Task SendAsync(int requests)
    {
        (_maker, _mutations) = (new(document, _random), new(_random));
        for (var i = 0; i < requests && _findings.Count < MostFindings; i++)
        {
            var operation = document.Operations[_random.Next(document.Operations.Count)];
            using var request = Make(operation, _maker.Chance(0.5), out var expected);
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            var reply = new ApiReply(
                request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType,
                [.. response.Headers.Concat(response.Content.Headers).Select(static header => header.Key)], body);
            _statuses[reply.Status] = _statuses.GetValueOrDefault(reply.Status) + 1;
            Learn(response, body);
            if (reply.Status < 300)
            {
                _succeeded.Add(operation.Id);
            }

            foreach (var finding in document.Differences(reply).Concat(Broken(reply, expected)))
            {
                _findings.Add($"request {i} of seed {seed}: {request.Method} {request.RequestUri} {await BodyOf(request)}: {finding}");
            }
        }
    }

    private static async Task<string> BodyOf(HttpRequestMessage request)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync();
        return body[..Math.Min(body.Length, 2_000)];
    }

    // HttpClient sends no other characters in a header.
    private static string Sendable(string text) => string.Concat(text.Where(static c => c is >= ' ' and <= '~'));

    private static IEnumerable<string> Broken(ApiReply reply, Expected expected)
    {
        if (reply.Status >= 500)
        {
            yield return $"the answer is {reply.Status} {reply.Body}";
        }

        if (expected.IsForbidden && reply.Status < 300)
        {
            yield return "the document forbids the body, and the API accepts it";
        }

        if (expected.IsAllowed && Structural.Any(code => reply.Body.Contains($"\"code\":\"{code}", StringComparison.Ordinal)))
        {
            yield return $"the document allows the request, and the API does not: {reply.Body}";
        }
    }

    private HttpRequestMessage Make(ApiOperation operation, bool isValid, out Expected expected)
    {
        // One part of an invalid request is spoilt, so that the others get it that far.
        var spoilt = isValid ? null : operation.Body is not null && _maker.Chance(0.6) ? "body" : Parts[_random.Next(Parts.Length)];
        var query = new List<string>();
        var path = operation.Path;
        var request = new HttpRequestMessage();
        foreach (var parameter in operation.Parameters)
        {
            var name = parameter["name"]!.GetValue<string>();
            var place = parameter["in"]!.GetValue<string>();
            if (place is not "path" && parameter["required"] is null && _maker.Chance(parameter["example"] is null ? 0.8 : 0.3))
            {
                continue;
            }

            var value = string.Equals(spoilt, place, StringComparison.Ordinal) && _maker.Chance(0.7) ? _mutations.Text() : ValueOf(operation, name, parameter);
            switch (place)
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
                    break;

                case "query":
                    query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
                    break;

                default:
                    request.Headers.TryAddWithoutValidation(name, Sendable(value));
                    break;
            }
        }

        if (spoilt is "query" && _maker.Chance(0.5))
        {
            query.Add($"{Uri.EscapeDataString(_mutations.Text())}={Uri.EscapeDataString(_mutations.Text())}");
        }

        request.RequestUri = new Uri(http.BaseAddress!, query.Count > 0 ? $"{path}?{string.Join('&', query)}" : path);
        request.Method = new HttpMethod(spoilt is "method" ? Methods[_random.Next(Methods.Length)] : operation.Method);
        request.Headers.TryAddWithoutValidation("Authorization", spoilt is "header" && _maker.Chance(0.3) ? Sendable(_mutations.Text()) : $"Bearer {key}");
        if (spoilt is "header")
        {
            request.Headers.TryAddWithoutValidation(Headers[_random.Next(Headers.Length)], Sendable(_mutations.Text()));
        }

        var isForbidden = false;
        if (operation.Body is { } schema && (operation.IsBodyRequired || _maker.Chance(0.7)))
        {
            var body = _maker.Make(schema, operation.BodyExample);
            var text = spoilt is "body" ? _mutations.Body(body) : body!.ToJsonString();
            isForbidden = spoilt is "body" && IsForbidden(operation, text);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", spoilt is "header" && _maker.Chance(0.2) ? Sendable(_mutations.Text()) : "application/json");
        }

        expected = new(isValid, isForbidden);
        return request;
    }

    private bool IsForbidden(ApiOperation operation, string text)
    {
        if (!_schemas.TryGetValue(operation.Id, out var schema))
        {
            _schemas[operation.Id] = schema = document.ToSchema(operation.Body!);
        }

        try
        {
            using var body = System.Text.Json.JsonDocument.Parse(text);
            return !schema.Evaluate(body.RootElement).IsValid;
        }
        catch (System.Text.Json.JsonException)
        {
            return text.Length > 0 || operation.IsBodyRequired;
        }
        catch (FormatException)
        {
            // The validator cannot read a number as large as this.
            return false;
        }
    }

    private string ValueOf(ApiOperation operation, string name, JsonObject parameter)
    {
        var pattern = parameter["schema"]!["pattern"]?.GetValue<string>() ?? string.Empty;
        var known = name switch
        {
            "id" => pattern[1..pattern.IndexOf('[', StringComparison.Ordinal)],
            "sku" => "sku",
            "code" => "code",
            "cursor" => $"cursor {operation.Path}",
            "If-Match" => "etag",
            "Idempotency-Key" => "",
            _ => "",
        };
        return known.Length > 0 && _known.GetValueOrDefault(known) is { Count: > 0 } values && _maker.Chance(0.8) ? values[_random.Next(values.Count)]
            : name is "Idempotency-Key" ? $"fuzz {_random.Next(100_000)}"
            : _maker.Make(parameter["schema"]!, parameter["example"]) switch
            {
                JsonValue value when value.TryGetValue<string>(out var text) => text,
                { } value => value.ToJsonString(),
                _ => string.Empty,
            };
    }

    private void Learn(HttpResponseMessage response, string body)
    {
        foreach (Match id in Ids().Matches(body))
        {
            Know(id.Groups["prefix"].Value, id.Value);
        }

        foreach (Match member in Members().Matches(body))
        {
            Know(
                member.Groups["name"].Value is "nextCursor" ? $"cursor {response.RequestMessage!.RequestUri!.AbsolutePath}" : member.Groups["name"].Value,
                member.Groups["value"].Value);
        }

        if (response.Headers.ETag is { } tag)
        {
            Know("etag", tag.Tag);
        }
    }

    /// <summary>Names something that exists, for the paths of requests.</summary>
    /// <param name="kind">The prefix of an id, or <c>sku</c>.</param>
    public void Know(string kind, string value)
    {
        const int Most = 40;
        _known.TryAdd(kind, []);
        var values = _known[kind];
        if (values.Count < Most)
        {
            values.Add(value);
        }
        else
        {
            // The first ones stay.
            values[_random.Next(Most / 2, Most)] = value;
        }
    }

    [GeneratedRegex("(?<prefix>cart_|ord_|prod_|pay_)[0-9a-f]{32}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("\"(?<name>sku|nextCursor)\":\"(?<value>[A-Za-z0-9_-]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Members();

    /// <param name="IsAllowed">Whether the document allows every part of the request.</param>
    /// <param name="IsForbidden">Whether the document forbids the body.</param>
    private sealed record Expected(bool IsAllowed, bool IsForbidden);
}
