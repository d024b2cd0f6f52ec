using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ActorShop.Api.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Hosting;

namespace ActorShop.Api;

public sealed class AccessTests(TestApi api) : IClassFixture<TestApi>
{
    private static readonly string[] ReadersRoutes = ["/v1/admin/reports", "/v1/admin/sagas", "/v1/admin/outbox"];

    public static TheoryData<string> UnknownTokens =>
    [
        "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2Rldi9udWxsIn0.e30.c2ln", new('t', 16 * 1024),
        "key of a test admin", TestApi.AdminKey[..^1], TestApi.AdminKey.ToUpperInvariant(), "dev-admin-key", "'; DROP TABLE keys;--",
    ];

    public static TheoryData<string, string> AdminRoutes
    {
        get
        {
            using var api = new Disposing(new TestApi());
            var routes = new TheoryData<string, string>();
            foreach (var (method, path) in Routes.Mapped(api.Api.Services).Where(static route => route.Path.StartsWith("/v1/admin", StringComparison.Ordinal)))
            {
                routes.Add(method, Routes.Filled(path));
            }

            return routes;
        }
    }

    [Theory]
    [MemberData(nameof(AdminRoutes))]
    public async Task AdminRoute_RequiresAuthenticationAndScope(string method, string path)
    {
        var before = api.Grains.Calls.Count;

        var anonymous = await api.SendAsync(method, path, token: null);
        anonymous.ShouldBeProblem(401, "unauthenticated");
        anonymous.Headers["WWW-Authenticate"].ShouldBe("Bearer realm=\"actorshop\"");

        var reader = await api.SendAsync(method, path, token: TestApi.ReportsKey);
        if (ReadersRoutes.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
        {
            reader.Status.ShouldBe(200, reader.Body);
            return;
        }

        reader.ShouldBeProblem(403, "scope_required");
        reader.Headers["WWW-Authenticate"].ShouldContain("insufficient_scope");
        api.Grains.Calls.Count.ShouldBe(before);
    }

    /// <summary>The operators' document says which paths a scope opens. Routes say which scope they require.</summary>
    [Fact]
    public void Scopes_OpenTheirDocumentedPaths()
    {
        var document = File.ReadAllText(Path.Combine(Folder(), "../../docs/OPERATIONS.md"));
        var rows = Regex.Matches(document, @"^\| `(?<scope>\w+)` \| (?<opens>[^|]*)\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .ToDictionary(static row => row.Groups["scope"].Value, static row => row.Groups["opens"].Value, StringComparer.Ordinal);
        var documented = rows.SelectMany(static row => row.Value.Split('`').Where(static part => part.StartsWith("/v1", StringComparison.Ordinal)), static (row, path) => (row.Key, path));
        var required = Routes.Endpoints(api.Services)
            .Where(static endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
            .Select(static endpoint => (
                endpoint.Metadata.GetMetadata<IAuthorizeData>()!.Policy!,
                string.Join('/', endpoint.RoutePattern.RawText!.Split('/', StringSplitOptions.RemoveEmptyEntries).Take(3).Prepend(string.Empty))));

        rows.Keys.Order(StringComparer.Ordinal).ShouldBe(Scopes.All.Order(StringComparer.Ordinal));
        documented.Order().ShouldBe(required.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(UnknownTokens))]
    public async Task UnknownToken_IsRefusedOnEveryRoute(string token)
    {
        var before = api.Grains.Calls.Count;
        foreach (var path in new[] { "/v1/admin/orders", "/v1/products", $"/v1/carts/{TestApi.Cart}" })
        {
            var reply = await api.SendAsync("GET", path, token: token);

            reply.ShouldBeProblem(401, "unauthenticated");
            reply.Headers["WWW-Authenticate"].ShouldContain("invalid_token");
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("key-of-a-test-admin")]
    public async Task MalformedAuthorization_IsRefused(string header)
    {
        var reply = await api.SendAsync(
            "GET", "/v1/admin/orders", token: null, adjust: request => request.Headers.TryAddWithoutValidation("Authorization", header));

        reply.ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task KeyWithAScope_ReachesItsRoutes() =>
        (await api.SendAsync("GET", "/v1/admin/reports/sales", token: TestApi.ReportsKey)).Status.ShouldBe(200);

    [Fact]
    public async Task DevelopmentKey_IsRefused_WithoutTheDevelopmentSettings()
    {
        // The development key stands in a settings file that this test does not read, and not in the code.
        await using var development = new TestApi(Environments.Development);

        (await development.SendAsync("GET", "/v1/admin/orders", token: "dev-admin-key")).ShouldBeProblem(401, "unauthenticated");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed class Disposing(TestApi api) : IDisposable
    {
        public TestApi Api => api;

        public void Dispose() => api.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
