using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorShop.Cli.Testing;

internal enum Fault
{
    None,

    /// <summary>The connection breaks before the effect.</summary>
    DropBefore,

    /// <summary>The connection breaks after the effect and before the answer.</summary>
    DropAfter,

    /// <summary>503, without effect.</summary>
    Busy,
}

/// <summary>
/// A shop over HTTP in the test process: it records requests, keeps answers under idempotency keys, and injects faults.
/// <see cref="StubBooks"/> has its data.
/// </summary>
internal sealed class ShopStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (int Status, string Body)> _kept = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _requests;

    private ShopStub(WebApplication app) => _app = app;

    public StubBooks Books { get; } = new();

    /// <summary>The fault of the n-th request (from 1) that changes something.</summary>
    public Func<int, Fault> Faults { get; set; } = static _ => Fault.None;

    /// <summary>The problem that answers a request in place of the shop.</summary>
    public Func<string, (int Status, string Code, string Detail)?> Refusal { get; set; } = static _ => null;

    public Action<string> OnRequest { get; set; } = static _ => { };

    public ConcurrentQueue<string> Requests { get; } = new();

    public string Url => _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<ShopStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var stub = new ShopStub(builder.Build());
        stub._app.Run(stub.AnswerAsync);
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var request = $"{http.Request.Method} {http.Request.Path.Value}{http.Request.QueryString.Value}";
        Requests.Enqueue(request);
        OnRequest(request);
        if (Refusal(request) is var (refused, code, detail))
        {
            http.Response.StatusCode = refused;
            await http.Response.WriteAsJsonAsync(new { code, detail });
            return;
        }

        var changes = !HttpMethods.IsGet(http.Request.Method) && !http.Request.Query.ContainsKey("dryRun");
        var fault = changes ? Faults(Interlocked.Increment(ref _requests)) : Fault.None;
        if (fault is Fault.DropBefore)
        {
            http.Abort();
            return;
        }

        if (fault is Fault.Busy)
        {
            http.Response.StatusCode = 503;
            return;
        }

        var (status, answer, tag) = Answer(http.Request, body);
        if (fault is Fault.DropAfter)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        if (tag is not null)
        {
            http.Response.Headers.ETag = tag;
        }

        if (status is not 204)
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(answer);
        }
    }

    private (int Status, string Body, string? Tag) Answer(HttpRequest request, string body)
    {
        lock (_lock)
        {
            var key = request.Headers["Idempotency-Key"].ToString();
            var scope = $"{request.Path.Value} {key}";
            if (key.Length > 0 && _kept.TryGetValue(scope, out var kept))
            {
                return (kept.Status, kept.Body, null);
            }

            using var json = body.Length == 0 ? null : JsonDocument.Parse(body);
            var (status, answer, tag) = Books.Answer(
                request.Method, Uri.UnescapeDataString(request.Path.Value!), request.Query, json?.RootElement ?? default, key,
                request.Headers.IfMatch.ToString());
            var text = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
            if (key.Length > 0)
            {
                _kept[scope] = (status, text);
            }

            return (status, text, tag);
        }
    }
}
