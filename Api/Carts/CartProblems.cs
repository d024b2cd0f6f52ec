namespace ActorShop.Api.Carts;

/// <summary>The refusals of carts, with their facts.</summary>
internal static class CartProblems
{
    public static Problem NotOffered(Sku sku) => new(Problems.NotOffered)
    {
        Facts = new ProblemFacts { Sku = sku.Value },
    };

    public static Problem CheckingOut(OrderId order) => new(Problems.CheckoutInProgress)
    {
        Facts = new ProblemFacts { OrderId = order.Value },
    };

    public static Problem Ordered(OrderId order) => new(Problems.CartOrdered)
    {
        Facts = new ProblemFacts { OrderId = order.Value },
    };
}
