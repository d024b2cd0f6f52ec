using System.Security.Cryptography;
using ActorShop.Api.Access;
using Microsoft.OpenApi;

namespace ActorShop.Api.Idempotency;

internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>Marks a route that requires a key.</summary>
    public static readonly OpenApiParameter Required = new()
    {
        Name = Header,
        In = ParameterLocation.Header,
        Required = true,
        Description = "1 to 255 printable ASCII characters. Send the same key when you repeat a request.",
        Example = "example-1",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = MaxLength, Pattern = "^[ -~]*$" },
    };

    /// <summary>Reads the key of a request, together with who asks for what.</summary>
    /// <returns>The key, or why there is none.</returns>
    public static (RequestKey? Key, Problem? Refusal) Read(HttpContext http)
    {
        var values = http.Request.Headers[Header];
        if (values.Count == 0 || values is [""])
        {
            return (null, new Problem(Problems.IdempotencyKeyRequired));
        }

        var key = values.ToString();
        return values.Count > 1 || key.Length > MaxLength || key.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? (null, new Problem(Problems.IdempotencyKeyInvalid))
            : (new RequestKey($"{http.User.Caller()} {http.Request.Method} {Path(http)}", key, http.Features.Get<RequestBody>()?.Fingerprint ?? string.Empty), null);
    }

    /// <summary>The key of the grain that stores the answer.</summary>
    public static string DigestOf(RequestKey request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Scope}\n{request.Key}")));

    // The concrete path in one spelling: routing ignores case and a trailing slash, and a spelling must not be a way around the key.
    private static string Path(HttpContext http)
    {
        var path = new StringBuilder(((RouteEndpoint)http.GetEndpoint()!).RoutePattern.RawText);
        foreach (var (name, value) in http.Request.RouteValues)
        {
            path.Replace($"{{{name}}}", (string)value!);
        }

        return path.ToString();
    }
}
