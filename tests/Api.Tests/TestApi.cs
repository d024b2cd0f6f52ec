using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorShop.Api.Hosting;
using ActorShop.Silo.Health;
using ActorShop.Testing.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorShop.Api;

/// <summary>The API as composed for production, over scripted or other grains, without a socket unless a test asks for one.</summary>
public class TestApi : IAsyncDisposable
{
    public const string AdminKey = "key-of-a-test-admin";
    public const string ReportsKey = "key-of-a-test-reader";
    public const string Cart = "cart_" + Samples.Digits;
    public const string Order = "ord_" + Samples.Digits;
    public const string Product = "prod_" + Samples.Digits;
    public const string Payment = "pay_" + Samples.Digits;

    private static ApiDocument? Document;

    private readonly WebApplication _app;

    public TestApi()
        : this(Environments.Production)
    {
    }

    internal TestApi(string environment, IGrainFactory? grains = null, TimeProvider? clock = null, Action<WebApplicationBuilder>? adjust = null, bool onSockets = false)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "ActorShop.Api" });
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            // A fault is answered without a repeat.
            ["Api:RepeatFor"] = "00:00:00",

            // A test sends more than a customer.
            ["Api:Limits:Enabled"] = "false",
            ["Access:Keys:0:Name"] = "admin",
            ["Access:Keys:0:Sha256"] = Hash(AdminKey),
            ["Access:Keys:0:Scopes:0"] = "admin",
            ["Access:Keys:1:Name"] = "reader",
            ["Access:Keys:1:Sha256"] = Hash(ReportsKey),
            ["Access:Keys:1:Scopes:0"] = "reports",
        });
        if (onSockets)
        {
            builder.Configuration["Api:Public"] = "127.0.0.1:0";
            builder.Configuration["Api:Operators"] = "127.0.0.1:0";
        }

        builder.Services.AddSingleton(grains ?? Grains.Factory);
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        adjust?.Invoke(builder);
        builder.AddShopHealth();
        builder.AddApi();
        if (!onSockets)
        {
            builder.WebHost.UseTestServer();
        }

        _app = builder.Build();
        _app.UseApi();
        Program.MapShop(_app);
        _app.Start();
        Client = onSockets ? new HttpClient { BaseAddress = new Uri(_app.Urls.First()) } : _app.GetTestClient();
    }

    internal ScriptedGrains Grains { get; } = new();

    /// <summary>Whether answers are compared with the document. Not those to results that a grain cannot give.</summary>
    internal bool ComparesAnswers { get; set; } = true;

    public HttpClient Client { get; }

    /// <summary>The public and the operators' URL, if the API listens on sockets.</summary>
    internal string[] Urls => [.. _app.Urls];

    public IServiceProvider Services => _app.Services;

    public TestServer Server => _app.GetTestServer();

    /// <summary>Sends a request as an administrator, with an idempotency key and If-Match.</summary>
    public async Task<Reply> SendAsync(
        string method, string path, string? body = null, string? key = "a-key", string? ifMatch = "\"7\"", string? token = AdminKey,
        Action<HttpRequestMessage>? adjust = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        adjust?.Invoke(request);
        using var response = await Client.SendAsync(request);
        var reply = await Reply.OfAsync(response);
        await AsDocumentedAsync(request, reply);
        return reply;
    }

    /// <summary>Every answer in these tests is one that the OpenAPI document describes.</summary>
    private async Task AsDocumentedAsync(HttpRequestMessage request, Reply reply)
    {
        var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : request.RequestUri.OriginalString.Split('?')[0];

        // The answers that scripted grains replay are made up.
        if (ComparesAnswers && path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase) && !reply.Headers.ContainsKey("Idempotent-Replayed"))
        {
            Document ??= await ReadDocumentAsync();
            Document.Differences(new ApiReply(request.Method.Method, path, reply.Status, reply.ContentType, [.. reply.Headers.Keys], reply.Body))
                .ShouldBeEmpty($"{request.Method} {request.RequestUri}");
        }
    }

    // From an API of its own: reading counts as a request.
    private static async Task<ApiDocument> ReadDocumentAsync()
    {
        await using var api = new TestApi();
        return new ApiDocument(await api.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static string Hash(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

public sealed record Reply(int Status, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Code => ContentType is "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    /// <summary>One member of each of the errors.</summary>
    public IEnumerable<string?> Errors(string member) =>
        Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty(member).GetString());

    public static async Task<Reply> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode, WithoutNewline(await response.Content.ReadAsStringAsync()), response.Content.Headers.ContentType?.MediaType,
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    // JSON answers end with one, which is no part of what they say; tests of whole processes check it.
    private static string WithoutNewline(string body) => body.EndsWith('\n') ? body[..^1] : body;

    /// <summary>Checks what every problem has in common.</summary>
    public void ShouldBeProblem(int status, string code)
    {
        Body.ShouldNotBeEmpty();
        ContentType.ShouldBe("application/problem+json", Body);
        Code.ShouldBe(code, Body);
        Status.ShouldBe(status, Body);
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("type").GetString().ShouldBe($"urn:actorshop:problem:{code}");
        Json.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        Json.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        if (Problems.All.GetValueOrDefault(code) is { IsPassing: true } kind)
        {
            Headers["Retry-After"].ShouldBe($"{kind.Pause}");
        }

        Json.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        Json.TryGetProperty("instance", out _).ShouldBeTrue();
        Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        Headers["Cache-Control"].ShouldBe("no-store");
        Headers.Keys.ShouldContain("X-Request-Id", StringComparer.OrdinalIgnoreCase);
        Headers.Keys.ShouldNotContain("Server", StringComparer.OrdinalIgnoreCase);
        foreach (var secret in new[] { "System.", "ActorShop.", "Exception", "   at ", "Orleans" })
        {
            Body.ShouldNotContain(secret, Case.Sensitive);
        }
    }
}
