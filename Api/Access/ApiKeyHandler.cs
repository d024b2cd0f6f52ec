using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Access;

/// <summary>Authenticates callers by API key: <c>Authorization: Bearer …</c>. Keys are compared by hash and in constant time.</summary>
/// <remarks>
/// Tokens are opaque; JWTs are not parsed. An unknown key is refused on every route, so that a caller with a mistyped key is not
/// taken for anonymous.
/// </remarks>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    public const string NameClaim = "name";
    public const string ScopeClaim = "scope";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = header is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? keys.Find(value.AsSpan("Bearer ".Length))
            : null;
        return Task.FromResult(identity is null
            ? AuthenticateResult.Fail("The API key is unknown.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0
            ? "Bearer realm=\"actorshop\""
            : "Bearer realm=\"actorshop\", error=\"invalid_token\"";
        return new Problem(Problems.Unauthenticated, "Send 'Authorization: Bearer' with a valid API key.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope ?? Scopes.Admin;
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"actorshop\", error=\"insufficient_scope\", scope=\"{scope}\"";
        return new Problem(Problems.ScopeRequired, $"The API key needs the scope '{scope}'.").ExecuteAsync(Context);
    }
}

/// <summary>The configured keys by their hash.</summary>
internal sealed class ApiKeyRing(IOptions<AccessOptions> options)
{
    private const int LongestKey = 512;

    private readonly (byte[] Hash, ClaimsIdentity Identity)[] _keys =
    [
        .. options.Value.Keys.Select(static key => (Convert.FromHexString(key.Sha256), new ClaimsIdentity(
            [new Claim(ApiKeyHandler.NameClaim, key.Name), .. key.Scopes.Select(static scope => new Claim(ApiKeyHandler.ScopeClaim, scope))],
            ApiKeyHandler.SchemeName))),
    ];

    /// <summary>The identity of a key; null if the key is unknown.</summary>
    public ClaimsIdentity? Find(ReadOnlySpan<char> key)
    {
        if (key.Length is 0 or > LongestKey)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[LongestKey * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);

        // Compares with every key, so that the time does not depend on which one matches.
        ClaimsIdentity? found = null;
        foreach (var (known, identity) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                found = identity;
            }
        }

        return found;
    }
}
