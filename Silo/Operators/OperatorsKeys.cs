using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ActorShop.Silo.Operators;

/// <summary>The API keys of operators: those of <c>Access:Keys</c> with the scope <c>admin</c>.</summary>
internal sealed class OperatorsKeys(IConfiguration configuration)
{
    private readonly byte[][] _hashes =
    [
        .. configuration.GetSection("Access:Keys").GetChildren()
            .Where(static key => key.GetSection("Scopes").Get<string[]>()?.Contains("admin", StringComparer.Ordinal) is true)
            .Select(static key => Convert.FromHexString(key["Sha256"] ?? string.Empty)),
    ];

    /// <summary>Whether a request has one of the keys: as a bearer token, or as the password that a browser asks for.</summary>
    public bool Allow(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var credentials)
            || KeyOf(credentials) is not { Length: > 0 } key)
        {
            return false;
        }

        // Compares with every key, so that the time does not depend on the match.
        var hash = SHA256.HashData(key);
        return _hashes.Aggregate(false, (found, known) => CryptographicOperations.FixedTimeEquals(known, hash) || found);
    }

    /// <summary>Answers 401, so that a browser asks for the key.</summary>
    public static Task ChallengeAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Basic realm=\"actorshop operators\", charset=\"UTF-8\"";
        return Task.CompletedTask;
    }

    private static byte[]? KeyOf(AuthenticationHeaderValue credentials)
    {
        if (credentials.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8.GetBytes(credentials.Parameter ?? string.Empty);
        }

        var pair = new byte[credentials.Parameter?.Length ?? 0];
        return credentials.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(credentials.Parameter ?? string.Empty, pair, out var length)
            && Array.IndexOf(pair, (byte)':', 0, length) is >= 0 and var colon
                ? pair[(colon + 1)..length]
                : null;
    }
}
