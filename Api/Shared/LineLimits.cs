namespace ActorShop.Api;

/// <summary>The limits of carts, orders and refunds.</summary>
internal static class LineLimits
{
    /// <summary>The maximum quantity of a line.</summary>
    public const int MaxQuantity = 100_000;

    /// <summary>The maximum number of lines of an order.</summary>
    public const int MaxLines = 2_000;
}
