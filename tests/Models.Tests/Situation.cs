using ActorShop.Models.Checkout;
using ActorShop.Models.Search;

namespace ActorShop.Models;

/// <summary>Something that a shop must be able to come to: the search looks for it as for a counterexample.</summary>
internal sealed class Situation(string name, Bounds bounds, Situation.Holds holds) : IModel<ShopState>
{
    private readonly CheckoutModel _model = new(bounds);

    public delegate bool Holds(in ShopState state);

    public static IReadOnlyList<Situation> All { get; } =
    [
        new("two orders are confirmed on two units", Bounds.ForUnits(2), static (in state) =>
            state.Orders[0].Status == OrderStatus.Confirmed && state.Orders[1].Status == OrderStatus.Confirmed),

        new("an order that was held fails with a refusal, and the other takes the unit", Bounds.ForUnits(1), static (in state) =>
            state.Orders[0].Status == OrderStatus.Failed && state.Provider[0] == ProviderState.Released && state.Orders[1].Counted),

        new("the unit of a cancelled order is sold again", Bounds.ForUnits(1), static (in state) =>
            state.Orders[0].Holds[0].HasFlag(Hold.Returned) && state.Orders[1].Counted),

        new("a reservation is repeated after the allocation", Bounds.ForUnits(2), static (in state) =>
            state.Orders[0].Holds[0].HasFlag(Hold.Reserved | Hold.Allocated)),

        new("the stock reserves for an order that has failed", Bounds.ForUnits(1), static (in state) =>
            state.Orders[0].Status == OrderStatus.Tombstone && state.Orders[0].Holds[0].HasFlag(Hold.Reserved)),

        new("both orders have a unit, and one of them the coupon", Bounds.ForUnits(2, coupons: 1), static (in state) =>
            state.Orders[0].Holds[0].HasFlag(Hold.Reserved) && state.Orders[1].Holds[0].HasFlag(Hold.Reserved)
            && state.Orders[0].Status == OrderStatus.Pending && state.Orders[1].Counted),

        new("an edit and a repeat meet: the cart names the intent's order with another base", Bounds.ForCarts(attempts: 1, edits: 1), static (in state) =>
            state.Orders[0] is { Status: OrderStatus.Pending, Base: 0, Named: 2 }),

        new("a key starts again after an interruption, and its order has the edit", Bounds.ForCarts(attempts: 2, edits: 1), static (in state) =>
            state.Orders[0].Status == OrderStatus.Interrupted && state.Orders[1].Status == OrderStatus.Confirmed && state.Carts[0].EditedAt > 0),

        new("the first key is refused, and the second buys", Bounds.ForCarts(attempts: 2, edits: 0), static (in state) =>
            state.Orders[0].Status == OrderStatus.Failed && state.Orders[3].Status == OrderStatus.Confirmed && state.Carts[0].Closed),

        new("orders of both keys are pending", Bounds.ForCarts(attempts: 1, edits: 0), static (in state) =>
            state.Orders[0].Status == OrderStatus.Pending && state.Orders[1].Status == OrderStatus.Pending),
    ];

    public string Name => name;

    public ShopState Start => _model.Start;

    public string? Liveness => null;

    public void AddSteps(in ShopState state, Steps<ShopState> steps) => _model.AddSteps(state, steps);

    public void Canonicalize(ref ShopState state)
    {
        // Names stay: the situation speaks of particular orders.
    }

    public string? Broken(in ShopState state) => holds(state) ? name : null;

    public bool IsGoodEnd(in ShopState state) => true;
}
