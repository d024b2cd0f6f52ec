using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ActorShop.EndToEnd;

internal static class Http
{
    public static HttpClient Client(string address) => new() { BaseAddress = new Uri($"http://{address}"), Timeout = TimeSpan.FromSeconds(60) };

    public static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);

    public static async Task<Answer> SendAsync(
        this HttpClient http, HttpMethod method, string path, string? body = null, string? key = null, AuthenticationHeaderValue? credentials = null,
        string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = credentials;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await http.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    /// <summary>The status of a request for another host name.</summary>
    public static async Task<HttpStatusCode> StatusAsync(this HttpClient http, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    public static Task<Answer> ReadAsync(this HttpClient http, string path, AuthenticationHeaderValue? credentials = null) =>
        http.SendAsync(HttpMethod.Get, path, credentials: credentials);
}

internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Body => JsonElement.Parse(Text);

    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string Member(string name) => Body.GetProperty(name).GetString()!;
}
