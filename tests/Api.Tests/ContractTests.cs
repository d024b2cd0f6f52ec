using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorShop.Reporting;
using ActorShop.Testing.Contracts;

namespace ActorShop.Api;

/// <summary>
/// Goal: the document says what the API does. Method: besides these tests, <see cref="TestApi.SendAsync"/> compares every answer in all tests of
/// this project with the document: status, content type, headers, code and schema.
/// </summary>
public sealed class ContractTests(TestApi api) : IClassFixture<TestApi>
{
    private const int BodiesPerRoute = 150;

    // What a schema says. A body that follows it is refused for other reasons only, such as a member that another one requires.
    private static readonly string[] Structural =
        ["unknown_member\"", "missing_member\",\"message\":\"Required.\"", "duplicate_member\"", "wrong_type\"", "wrong_length\"", "wrong_count\""];

    private static readonly string[] Quota = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];

    private static readonly string[] Shown = ["operationId", "reason"];

    [Fact]
    public async Task EveryOperation_HasAnIdOfItsOwn()
    {
        var ids = (await DocumentAsync()).Operations.Select(static operation => operation.Id).ToArray();

        ids.ShouldAllBe(static id => id.All(char.IsAsciiLetter));
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Length);
        ids.ShouldContain("createCart", StringComparer.Ordinal);
        ids.ShouldContain("checkOutCart", StringComparer.Ordinal);
    }

    [Fact]
    public async Task EveryBodyAndParameter_HasAnExample_ThatItsSchemaAllows()
    {
        var document = await DocumentAsync();
        foreach (var operation in document.Operations)
        {
            foreach (var parameter in operation.Parameters)
            {
                var schema = parameter["schema"]!;
                var example = parameter["example"] ?? schema["examples"]?[0];
                var name = parameter["name"]!.GetValue<string>();

                // A cursor is only found in an answer, and an ETag too.
                if (name is not ("cursor" or "If-None-Match" or "If-Match") || parameter["required"] is not null)
                {
                    example.ShouldNotBeNull($"{operation.Id} {name}");
                }

                if (example is not null)
                {
                    ShouldAllow(document, schema, example, $"{operation.Id} {name}");
                }
            }

            if (operation.Body is { } body)
            {
                operation.BodyExample.ShouldNotBeNull(operation.Id);
                ShouldAllow(document, body, operation.BodyExample, operation.Id);
            }
        }
    }

    [Fact]
    public async Task EveryExample_IsAccepted()
    {
        foreach (var operation in (await DocumentAsync()).Operations.Where(static operation => operation.Body is not null))
        {
            (await api.SendAsync(operation.Method, PathOf(operation), operation.BodyExample!.ToJsonString())).Status.ShouldBeLessThan(300, operation.Id);
        }
    }

    [Fact]
    public async Task RandomBodies_AreRefused_IfTheDocumentForbidsThem_AndReadIfItAllowsThem()
    {
        var document = await DocumentAsync();
        var random = new Random(1);
        var maker = new JsonMaker(document, random);
        var mutations = new Mutations(random);
        foreach (var operation in document.Operations.Where(static operation => operation.Body is not null))
        {
            var schema = document.ToSchema(operation.Body!);
            var refused = 0;
            for (var i = 0; i < BodiesPerRoute; i++)
            {
                var made = maker.Make(operation.Body!, operation.BodyExample);
                var allowed = await api.SendAsync(operation.Method, PathOf(operation), made!.ToJsonString());
                allowed.Code.ShouldNotBe("malformed_request", StringComparer.Ordinal, $"{operation.Id} {made.ToJsonString()}");
                Structural.Where(code => allowed.Body.Contains($"\"code\":\"{code}", StringComparison.Ordinal))
                    .ShouldBeEmpty($"{operation.Id} {made.ToJsonString()} {allowed.Body}");

                var spoilt = mutations.Body(made);
                if (spoilt.Length > 0 && IsForbidden(schema, spoilt))
                {
                    var reply = await api.SendAsync(operation.Method, PathOf(operation), spoilt);
                    reply.Status.ShouldBeInRange(400, 499, $"{operation.Id} {spoilt}");
                    refused++;
                }
            }

            refused.ShouldBeGreaterThan(BodiesPerRoute / 4, operation.Id);
        }
    }

    [Fact]
    public async Task Histories_ShowWhatHappened_AndNothingOfHowItIsStored()
    {
        await using var own = new TestApi();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder(), "../Grains.Tests/Fixtures"))
            .Where(static file => file.Contains("orders.order-event", StringComparison.Ordinal) || file.Contains("inventory.stock-event", StringComparison.Ordinal)))
        {
            var stored = await File.ReadAllTextAsync(file);
            var type = JsonNode.Parse(stored)!["kind"]!.GetValue<string>();
            own.Grains.On<IShopQueryGrain>("GetHistoryAsync", _ => new Page<HistoryEntry>([new(1, DateTimeOffset.UnixEpoch, type, stored)], Next: null));
            var path = file.Contains("orders.", StringComparison.Ordinal) ? $"/v1/admin/orders/{TestApi.Order}/history" : "/v1/admin/stock/SKU-1/ledger";

            var reply = await own.SendAsync("GET", path);

            reply.Status.ShouldBe(200, file);
            foreach (var inner in new[] { "postings", "look", "topics", "undo", "\"delta\"", "+00:00" })
            {
                reply.Body.ShouldNotContain(inner, Case.Sensitive, file);
            }

            foreach (var shown in Shown.Where(name => stored.Contains($"\"{name}\":", StringComparison.Ordinal)))
            {
                reply.Body.ShouldContain($"\"{shown}\":", Case.Sensitive, file);
            }
        }
    }

    [Fact]
    public async Task ListsThatAreReadAsAWhole_HavePages()
    {
        await using var own = new TestApi();
        own.Grains.On<IShopQueryGrain>("GetBalancesAsync", static _ => ImmutableArray.Create(
            new AccountBalance("sales", new(3, "GBP")), new AccountBalance("cash", new(1, "GBP")), new AccountBalance("cash", new(2, "EUR"))));
        var seen = new List<long>();
        var path = "/v1/admin/ledger/balances?limit=1";
        for (string? next = path; next is not null;)
        {
            var reply = await own.SendAsync("GET", next);
            seen.Add(reply.Json.GetProperty("data").EnumerateArray().Single().GetProperty("balance").GetProperty("amount").GetInt64());
            next = reply.Json.TryGetProperty("nextCursor", out var cursor) ? $"{path}&cursor={cursor.GetString()}" : null;
        }

        seen.ShouldBe([2, 1, 3]);
    }

    [Fact]
    public async Task UnknownParameter_IsRefusedOnEveryRoute()
    {
        foreach (var operation in (await DocumentAsync()).Operations)
        {
            var path = PathOf(operation);
            var reply = await api.SendAsync(operation.Method, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}expand=all", operation.BodyExample?.ToJsonString());
            reply.ShouldBeProblem(400, "validation_failed");
            reply.Errors("code").ShouldBe(["unknown_parameter"], operation.Id);
        }
    }

    [Fact]
    public async Task EveryOperation_HasALimit_AndSaysHowMuchIsLeft()
    {
        using var json = JsonDocument.Parse((await api.SendAsync("GET", "/openapi/v1.json", token: null)).Body);
        foreach (var operation in json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject()))
        {
            var name = operation.Value.GetProperty("operationId").GetString();
            foreach (var answer in operation.Value.GetProperty("responses").EnumerateObject())
            {
                var headers = answer.Value.GetProperty("headers").EnumerateObject().Select(static header => header.Name).ToArray();
                Quota.Except(headers, StringComparer.Ordinal).ShouldBeEmpty($"{name} {answer.Name}");
                if (answer.Name is "429" or "503")
                {
                    headers.ShouldContain("Retry-After", StringComparer.Ordinal, name);
                }
            }

            operation.Value.GetProperty("responses").GetProperty("429").GetProperty("description").GetString()!.ShouldContain("`rate_limited`", Case.Sensitive, name);
        }
    }

    private static string PathOf(ApiOperation operation) =>
        Routes.Filled(operation.Path) + (operation.Parameters.Any(static parameter => parameter["name"]!.GetValue<string>() is "sku" && parameter["in"]!.GetValue<string>() is "query") ? "?sku=SKU-1" : string.Empty);

    private static bool IsForbidden(Json.Schema.JsonSchema schema, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return !schema.Evaluate(json.RootElement).IsValid;
        }
        catch (JsonException)
        {
            return true;
        }
        catch (FormatException)
        {
            // The validator cannot read a number as large as this.
            return false;
        }
    }

    private static void ShouldAllow(ApiDocument document, JsonNode schema, JsonNode value, string name)
    {
        using var json = JsonDocument.Parse(value.ToJsonString());
        document.ToSchema(schema).Evaluate(json.RootElement).IsValid.ShouldBeTrue($"{name}: {value.ToJsonString()}");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private async Task<ApiDocument> DocumentAsync() => new((await api.SendAsync("GET", "/openapi/v1.json", token: null)).Body);
}
