namespace ActorShop.Api.Limits;

/// <summary>Routes that share a limit: <see cref="LimitOptions"/> has a setting of the same name.</summary>
internal enum RouteClass
{
    Browse,
    Cart,
    Checkout,
    Credentials,
    Admin,
}

/// <summary>The class of a route.</summary>
internal sealed record CountedAs(RouteClass Kind);

internal static class RouteClasses
{
    /// <summary>Counts the requests of a route or a group in a class. Routes without a class belong to <see cref="RouteClass.Browse"/>.</summary>
    public static TBuilder CountAs<TBuilder>(this TBuilder builder, RouteClass kind)
        where TBuilder : IEndpointConventionBuilder => builder
        .WithMetadata(new CountedAs(kind))
        .WithMetadata(new Refusals(Problems.RateLimited));
}
