using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>The problems of carts. Nothing was executed, so a repeat is decided anew.</summary>
internal static class CartProblems
{
    public static Problem NotOffered(Sku sku) => Of(Problems.NotOffered, new(Sku: sku.Value));

    public static Problem PriceChanged(CartView cart) => Of(Problems.PriceChanged, new(Cart: CartResponse.Of(cart)));

    public static Problem TotalTooLarge() => Of(Problems.TotalTooLarge, new());

    public static Problem TooManyUnits() => Of(Problems.TooManyUnits, new());

    public static Problem CheckingOut(OrderId? order) => Of(Problems.CheckoutInProgress, new(OrderId: order?.Value));

    public static Problem Ordered(OrderId order) => Of(Problems.CartOrdered, new(OrderId: order.Value));

    private static Problem Of(ProblemKind kind, ProblemResponse facts) => new(kind) { IsDecidedAnew = true, Facts = facts };
}
