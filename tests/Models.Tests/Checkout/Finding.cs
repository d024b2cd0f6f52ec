using ActorShop.Models.Search;

namespace ActorShop.Models.Checkout;

/// <summary>A shortcut, the property that it breaks, and bounds in which it does.</summary>
internal sealed record Finding(Shortcut Shortcut, string Words, Property Breaks, Bounds Bounds)
{
    public static IReadOnlyList<Finding> All { get; } =
    [
        new(Shortcut.ReservationExpires, "a reservation expires by itself", Property.ConfirmedHasUnits, Bounds.ForUnits(1)),
        new(Shortcut.StockFreesForUnknownOrder, "the stock asks, finds no order row, and frees the units", Property.ConfirmedHasUnits, Bounds.ForUnits(1)),
        new(Shortcut.CounterFreesForUnknownOrder, "the coupon counter does so", Property.ConfirmedHasUnits, Bounds.ForUnits(2, coupons: 1)),
        new(Shortcut.CartReopensForUnknownOrder, "the cart asks, finds no order row, and reopens", Property.OneCartOneOrder, Bounds.ForCarts(attempts: 2, edits: 0)),
        new(Shortcut.AdoptionWithoutVersion, "a pending order makes the cart adopt its attempt at any version", Property.EditIsCharged, Bounds.ForCarts(attempts: 1, edits: 1)),
        new(Shortcut.RandomOrderIds, "each life of a cart draws its own order id", Property.RepeatDoesNotCompete, Bounds.ForBoth(attempts: 1)),
        new(Shortcut.SettleBesideCart, "the order settles beside the cart's write where no provider is asked", Property.EditIsCharged, Bounds.ForCarts(attempts: 1, edits: 1)),
        new(Shortcut.FailWithoutVoid, "an order fails without a void because it remembers no call", Property.FailedHoldsNoMoney, Bounds.ForUnits(1)),
        new(Shortcut.AttemptWithoutVersion, "the cart's row names the attempt without the version on which it is based", Property.EditIsCharged, Bounds.ForCarts(attempts: 1, edits: 1)),
        new(Shortcut.VoidBeforeCompensating, "the order voids while compensating is only in memory", Property.ConfirmedHoldsMoney, Bounds.ForUnits(1)),
        new(Shortcut.AllocationWithoutLedger, "the stock allocates what is reserved without a look into its ledger", Property.ReservationEndsOnce, Bounds.ForUnits(2)),
        new(Shortcut.ConfirmBesideReservation, "reserve and confirm in one parallel flush", Property.ConfirmedWithinUnits, Bounds.ForUnits(1)),
        new(Shortcut.ProviderBesideIntent, "the provider is asked beside the intent's write", Property.FailedHoldsNoMoney, Bounds.ForUnits(1)),
        new(Shortcut.CartNotWritten, "the cart is not written at all", Property.OneCartOneOrder, Bounds.ForCarts(attempts: 1, edits: 0)),
        new(Shortcut.CartWrittenAfterAnswer, "the cart is written after the answer", Property.EditIsCharged, Bounds.ForCarts(attempts: 1, edits: 1)),
        new(Shortcut.NoIntent, "reservations only; the order's row is written once, after the provider", Property.FailedHoldsNoMoney, Bounds.ForUnits(1)),
        new(Shortcut.VoidNotFinal, "the provider accepts an authorisation after a void", Property.FailedHoldsNoMoney, Bounds.ForUnits(1)),
        new(Shortcut.ConfirmOverCompensating, "confirmed is written over compensating", Property.ConfirmedHoldsMoney, Bounds.ForUnits(1)),
        new(Shortcut.EditWithoutAsking, "the cart accepts an edit without asking the order of its attempt", Property.EditIsCharged, Bounds.ForCarts(attempts: 1, edits: 1)),
        new(Shortcut.BaseInMemory, "an attempt is based on an edit whose write is still on its way", Property.EditIsCharged, Bounds.ForCarts(attempts: 1, edits: 1)),
        new(Shortcut.RefusalBeforeCart, "a refusal is the key's answer while the cart's row does not name the attempt", Property.OneKeyOneOrder, Bounds.ForCarts(attempts: 1, edits: 1, editsChangeIds: true)),
        new(Shortcut.QuestionOnlyKeeps, "the order tells the stock once, and the stock's question only keeps the units", Property.GoodEndIsReachable, Bounds.ForUnits(1)),
        new(Shortcut.CancelBeforeCounted, "an order is cancelled before it remembers its allocation", Property.GoodEndIsReachable, Bounds.ForUnits(1)),
    ];

    /// <summary>Searches for this harm alone: many shortcuts also break another property in passing.</summary>
    public SearchResult Search() => Searcher.Run(new CheckoutModel(Bounds, Shortcut, Breaks));
}
