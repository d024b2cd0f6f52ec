using Microsoft.AspNetCore.Authorization;

namespace ActorShop.Api.Access;

internal static class Scopes
{
    public const string Admin = "admin";

    /// <summary>Products and categories.</summary>
    public const string Catalog = "catalog";

    /// <summary>Stock.</summary>
    public const string Inventory = "inventory";

    /// <summary>Orders, payments and the account book.</summary>
    public const string Orders = "orders";

    /// <summary>Reports, sagas and the outbox.</summary>
    public const string Reports = "reports";

    /// <summary>Bulk work: the requests of the key have no limits. It gives access to no route, and <see cref="Admin"/> does not include it.</summary>
    public const string Import = "import";

    public static IReadOnlyList<string> All { get; } = [Admin, Catalog, Inventory, Orders, Reports, Import];

    /// <summary>A policy for each scope; <see cref="Admin"/> satisfies them all.</summary>
    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var scope in All)
        {
            options.AddPolicy(scope, policy => policy
                .RequireAuthenticatedUser()
                .RequireClaim(ApiKeyHandler.ScopeClaim, scope, Admin));
        }
    }
}
