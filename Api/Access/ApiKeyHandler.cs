using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ActorShop.Api.Access;

/// <summary>Authenticates callers by API key: <c>Authorization: Bearer …</c>. Keys are compared by hash and in constant time.</summary>
/// <remarks>Tokens are opaque; JWTs are not parsed.</remarks>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    public const string NameClaim = "name";
    public const string ScopeClaim = "scope";

    /// <summary>The value of <c>WWW-Authenticate</c> for a request without a key.</summary>
    public const string Challenge = "Bearer realm=\"actorshop\"";

    /// <summary>Refuses an unknown key on every route, so that a caller with a mistyped key is not taken for anonymous.</summary>
    public static void RefuseUnknownKeys(WebApplication app) => app.Use(static (http, next) =>
        http.Request.Headers.Authorization.Count > 0 && http.User.Identity is not { IsAuthenticated: true }
            ? http.ChallengeAsync()
            : next(http));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = header is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? keys.Find(value["Bearer ".Length..])
            : null;
        return Task.FromResult(identity is null
            ? AuthenticateResult.Fail("The API key is unknown.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0
            ? Challenge
            : $"{Challenge}, error=\"invalid_token\"";
        return new Problem(Problems.Unauthenticated).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? Scopes.Admin;
        Response.Headers.WWWAuthenticate = $"{Challenge}, error=\"insufficient_scope\", scope=\"{scope}\"";
        return new Problem(Problems.ScopeRequired, $"The API key needs the scope '{scope}'.").ExecuteAsync(Context);
    }
}
