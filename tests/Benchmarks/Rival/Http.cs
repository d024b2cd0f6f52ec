using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorShop.Rival;

/// <summary>Reading and writing bodies, without anything in between.</summary>
internal static class Http
{
    private const int LongestBody = 64 * 1024;

    public static async Task<(T Value, byte[] Bytes)?> ReadAsync<T>(this HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > LongestBody)
            {
                return null;
            }

            if (!read.IsCompleted)
            {
                http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var bytes = read.Buffer.ToArray();
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            try
            {
                return JsonSerializer.Deserialize(bytes, type) is { } value ? (value, bytes) : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public static Task WriteAsync<T>(this HttpContext http, int status, T value, JsonTypeInfo<T> type, string? location = null, long? version = null) =>
        http.WriteAsync(new Kept(status, location, JsonSerializer.SerializeToUtf8Bytes(value, type)), version);

    public static Task WriteAsync(this HttpContext http, ProblemBody problem) =>
        http.WriteAsync(problem.Status, problem, RivalJson.Default.ProblemBody);

    public static async Task WriteAsync(this HttpContext http, Kept answer, long? version = null, bool isReplay = false)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.Status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
        response.ContentLength = answer.Body.Length;
        response.Headers.CacheControl = "no-store";
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (version is { } number)
        {
            response.Headers.ETag = $"\"{number}\"";
        }

        if (isReplay)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        await response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted);
    }
}

/// <summary>An answer as it was kept under a key.</summary>
internal sealed record Kept(int Status, string? Location, byte[] Body);
