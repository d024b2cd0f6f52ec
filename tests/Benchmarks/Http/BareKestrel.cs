using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ActorShop.Benchmarks.Http;

/// <summary>The limit of reads over HTTP: Kestrel with one handler that serialises an object, without logging, routing or middleware.</summary>
internal static class BareKestrel
{
    /// <param name="url">The URL to listen at.</param>
    /// <param name="bytes">The bytes of each body.</param>
    public static async Task RunAsync(string url, int bytes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        await using var app = builder.Build();
        var frame = JsonSerializer.SerializeToUtf8Bytes(new BareBody(string.Empty), BareJson.Default.BareBody).Length;
        var body = new BareBody(new string('x', bytes - frame));
        app.Run(http =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(body, BareJson.Default.BareBody);
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = json.Length;
            return http.Response.Body.WriteAsync(json).AsTask();
        });
        await app.RunAsync();
    }
}

internal sealed record BareBody(string Text);

[JsonSerializable(typeof(BareBody))]
internal sealed partial class BareJson : JsonSerializerContext;
