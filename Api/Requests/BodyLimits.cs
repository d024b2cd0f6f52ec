using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

/// <summary>The maximum sizes of bodies.</summary>
internal static class BodyLimits
{
    /// <summary>All routes except the import of orders.</summary>
    public const int Default = 64 * 1024;

    /// <summary>Imported orders, which may have 2,000 lines.</summary>
    public const int Orders = 1024 * 1024;

    public static RouteHandlerBuilder AllowBodyOf(this RouteHandlerBuilder route, int bytes) => route.WithMetadata(new Limit(bytes));

    private sealed record Limit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
