using System.Text.Json.Nodes;
using Json.Schema;

namespace ActorShop.Testing.Contracts;

/// <summary>The OpenAPI document of the API, with which requests are made and answers are compared.</summary>
public sealed class ApiDocument
{
    private readonly JsonObject _root;
    private readonly ApiAnswer[] _elsewhere;

    public ApiDocument(string json)
    {
        _root = JsonNode.Parse(json)!.AsObject();
        _elsewhere = [.. _root["components"]!["responses"]!.AsObject().Select(answer => new ApiAnswer(answer.Key, answer.Value!.AsObject(), this))];
        Operations =
        [
            .. _root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
                operation => new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject(), this))),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>How an answer differs from the document; empty if it does not.</summary>
    public IReadOnlyList<string> Differences(ApiReply reply)
    {
        var operation = Operations.Where(candidate => candidate.Matches(reply.Method, reply.Path)).MaxBy(static candidate => candidate.Literals);
        var answer = operation?.Answers.GetValueOrDefault(reply.Status);
        IReadOnlyList<ApiAnswer> allowed = [.. _elsewhere.Where(other => other.IsFor(reply) && (answer is null || !other.HasBody)), .. answer is null ? Array.Empty<ApiAnswer>() : [answer]];
        if (allowed.Count == 0)
        {
            return [$"{operation?.Id ?? "a path without an operation"} does not answer {reply.Status}: {reply.Body}"];
        }

        return [.. allowed.Select(candidate => candidate.Differences(reply)).MinBy(static differences => differences.Count)!];
    }

    /// <summary>A component, or the node itself.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var found = node.AsObject();
        while (found["$ref"] is { } reference)
        {
            found = reference.GetValue<string>().Split('/').Skip(1).Aggregate((JsonNode)_root, static (at, name) => at[name]!).AsObject();
        }

        return found;
    }

    /// <summary>A schema of the document as one that stands alone.</summary>
    public JsonSchema ToSchema(JsonNode schema)
    {
        var alone = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$defs"] = _root["components"]!["schemas"]!.DeepClone(),
            ["allOf"] = new JsonArray(schema.DeepClone()),
        };
        return JsonSchema.FromText(alone.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }
}
