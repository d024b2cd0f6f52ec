namespace ActorShop.Models.Checkout;

/// <summary>What holds in every state. The last one: from every state.</summary>
internal enum Property
{
    ConfirmedWithinUnits,
    AvailableNotNegative,
    ConfirmedHasUnits,

    // What a participant counts as allocated is in its ledger, once for each order.
    ReservationEndsOnce,
    ConfirmedHoldsMoney,
    FailedHoldsNoMoney,

    // An acknowledged edit is never missing from a charged order.
    EditIsCharged,

    // One that was confirmed, or one refusal.
    OneKeyOneOrder,
    OneCartOneOrder,

    // A request does not find the last unit with its own repeat.
    RepeatDoesNotCompete,

    // Without the client, and without a message that may be lost.
    GoodEndIsReachable,
}
