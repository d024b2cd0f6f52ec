namespace ActorShop.Api.Carts;

/// <summary>The problems of carts.</summary>
internal static class CartProblems
{
    public static Problem NotOffered(Sku sku) => new(Problems.NotOffered)
    {
        IsDecidedAnew = true,
        Facts = new() { Sku = sku.Value },
    };

    public static Problem CheckingOut(OrderId order) => new(Problems.CheckoutInProgress)
    {
        IsDecidedAnew = true,
        Facts = new() { OrderId = order.Value },
    };

    public static Problem Ordered(OrderId order) => new(Problems.CartOrdered)
    {
        IsDecidedAnew = true,
        Facts = new() { OrderId = order.Value },
    };
}
