using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ActorShop.Api;

/// <summary>Goal: a list begins only where a cursor of this shop says, and a forged cursor leaves no trace in the log.</summary>
public sealed class CursorTests
{
    private const string Path = "/v1/admin/orders?limit=1";

    public static TheoryData<string> Forged => [.. Forgeries().Select(static bytes => Base64Url.EncodeToString(bytes))];

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task ForgedCursor_IsInvalid_AndLogsNothing(string cursor)
    {
        using var log = new LogRecord();
        await using var api = Api(log: log);
        await api.SendAsync("GET", Path);
        log.Entries.Clear();
        var calls = api.Grains.Calls.Count;

        foreach (var path in Routes.WithQuery.Where(static path => !path.Contains("/reports", StringComparison.Ordinal) && !path.Contains("?sku", StringComparison.Ordinal)))
        {
            (await api.SendAsync("GET", $"{path}?cursor={cursor}")).ShouldBeProblem(400, "invalid_cursor");
        }

        api.Grains.Calls.Count.ShouldBe(calls);
        log.Entries.Where(static entry => entry.Level >= LogLevel.Warning).ShouldBeEmpty();
        log.Entries.ShouldAllBe(static entry => !entry.Text.Any(char.IsControl));
    }

    [Fact]
    public async Task Cursor_IsAcceptedByEveryProcess_WithTheSameSecret()
    {
        var secret = new string('s', 32);
        await using var first = Api(secret);
        await using var second = Api(secret);
        await using var stranger = Api(new string('t', 32));
        var cursor = await CursorAsync(first);

        (await second.SendAsync("GET", $"{Path}&cursor={cursor}")).Status.ShouldBe(200);
        (await stranger.SendAsync("GET", $"{Path}&cursor={cursor}")).ShouldBeProblem(400, "invalid_cursor");
        first.Grains.Calls.ShouldNotContain(static call => call.Method == "ClaimAsync");
    }

    [Fact]
    public async Task WithoutASecret_TheFirstProcessMakesOne_AndEveryProcessReadsItOnce()
    {
        var stored = new ScriptedGrains();
        string? owner = null;
        stored.On<IExternalIdGrain>(nameof(IExternalIdGrain.ClaimAsync), arguments => owner ??= (string)arguments[0]!);
        await using var first = new TestApi("Production", stored.Factory);
        await using var second = new TestApi("Production", stored.Factory);
        var cursor = await CursorAsync(first);

        (await second.SendAsync("GET", $"{Path}&cursor={cursor}")).Status.ShouldBe(200);
        (await first.SendAsync("GET", $"{Path}&cursor={cursor}")).Status.ShouldBe(200);

        stored.Calls.Count(static call => call is { Method: "ClaimAsync", Key: "external/installation/cursor-secret" }).ShouldBe(2);
        owner!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Cursor_HasOneSpelling()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        await using var api = Api();
        var cursor = await CursorAsync(api);
        var accepted = new List<char>();
        foreach (var last in Alphabet)
        {
            if ((await api.SendAsync("GET", $"{Path}&cursor={cursor[..^1]}{last}")).Status == 200)
            {
                accepted.Add(last);
            }
        }

        accepted.ShouldBe([cursor[^1]]);
    }

    [Fact]
    public async Task Cursor_OfAnotherCaller_IsInvalid()
    {
        await using var api = Api();
        var cursor = (await api.SendAsync("GET", "/v1/products?limit=1")).Json.GetProperty("nextCursor").GetString();

        (await api.SendAsync("GET", $"/v1/products?limit=1&cursor={cursor}", token: null)).ShouldBeProblem(400, "invalid_cursor");
        (await api.SendAsync("GET", $"/v1/products?limit=1&cursor={cursor}")).Status.ShouldBe(200);
    }

    private static TestApi Api(string? secret = null, LogRecord? log = null) => new("Production", adjust: builder =>
    {
        if (secret is not null)
        {
            builder.Configuration["Api:CursorSecret"] = secret;
        }

        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }
    });

    private static async Task<string> CursorAsync(TestApi api) =>
        (await api.SendAsync("GET", Path)).Json.GetProperty("nextCursor").GetString()!;

    // Positions with control characters and numbers that overflow, without a tag, with a tag of zeros, and with one that needs no secret.
    private static IEnumerable<byte[]> Forgeries()
    {
        foreach (var position in new[] { "1\nord_1", "99999999999999999999", "\u001b[31m\r\n{\"level\":\"error\"}", "-1\u0000", "position" })
        {
            var bytes = Encoding.UTF8.GetBytes(position);
            yield return bytes;
            yield return [.. new byte[16], .. bytes];
            yield return [.. SHA256.HashData(Encoding.UTF8.GetBytes($"/v1/admin/orders\n\n{position}"))[..9], .. bytes];
            yield return [.. HMACSHA256.HashData(Array.Empty<byte>(), bytes)[..16], .. bytes];
        }
    }
}
