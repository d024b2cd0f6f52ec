using System.Security.Claims;

namespace ActorShop.Api.Access;

internal static class Callers
{
    /// <summary>The name of the API key of a request, or <c>anonymous</c>.</summary>
    public static string Caller(this ClaimsPrincipal user) => user.FindFirstValue(ApiKeyHandler.NameClaim) ?? "anonymous";
}
