using System.Runtime.CompilerServices;

namespace ActorShop.Api;

public sealed class OpenApiTests(TestApi api) : IClassFixture<TestApi>
{
    private const string Approve = "ACTORSHOP_APPROVE";

    /// <summary>
    /// Goal: no change for clients goes unnoticed. Method: compares the document with the approved one. To approve a change, run this test
    /// with ACTORSHOP_APPROVE=1 and read the difference before you commit it.
    /// </summary>
    [Fact]
    public async Task Document_EqualsTheApprovedOne()
    {
        var document = (await api.SendAsync("GET", "/openapi/v1.json", token: null)).Body.ReplaceLineEndings("\n") + "\n";
        var approved = Path.Combine(Folder(), "openapi.v1.json");
        if (Environment.GetEnvironmentVariable(Approve) is "1")
        {
            await File.WriteAllTextAsync(approved, document);
        }

        document.ShouldBe(await File.ReadAllTextAsync(approved));
    }

    [Fact]
    public async Task EveryPublicRoute_IsDescribed_WithSummaryAndAnswers()
    {
        var paths = (await api.SendAsync("GET", "/openapi/v1.json", token: null)).Json.GetProperty("paths");
        foreach (var (method, pattern) in Routes.Mapped(api.Services))
        {
            paths.TryGetProperty(pattern, out var path).ShouldBeTrue(pattern);
            var operation = path.GetProperty(method.ToLowerInvariant());
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(pattern);
            var answers = operation.GetProperty("responses").EnumerateObject().Select(static answer => answer.Name).ToArray();
            answers.ShouldContain(static status => status.StartsWith('2'), pattern);
            answers.ShouldContain(static status => status == "503", pattern);
            operation.TryGetProperty("security", out _).ShouldBe(pattern.StartsWith("/v1/admin", StringComparison.Ordinal), pattern);
        }
    }

    [Fact]
    public async Task EveryProblemCode_IsDocumentedByARoute()
    {
        var document = (await api.SendAsync("GET", "/openapi/v1.json", token: null)).Body;

        // Any request can get these before it reaches a route.
        var elsewhere = new[] { "route_not_found", "method_not_allowed", "request_timeout" };
        foreach (var code in Problems.All.Keys.Except(elsewhere, StringComparer.Ordinal))
        {
            document.ShouldContain($"`{code}`", Case.Sensitive);
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
