using Microsoft.AspNetCore.Authentication;

namespace ActorShop.Api.Access;

/// <summary>Refuses an unknown API key on every route, including anonymous ones.</summary>
internal static class KnownCallers
{
    public static void UseKnownCallers(this WebApplication app) => app.Use(static (http, next) =>
        http.Request.Headers.Authorization.Count > 0 && http.User.Identity is not { IsAuthenticated: true }
            ? http.ChallengeAsync()
            : next(http));
}
