namespace ActorShop.Orders;

/// <summary>
/// The states of the checkout saga. Legal edges: None → Authorising → Confirming → Confirmed; None, Authorising and Confirming →
/// Compensating; None and Compensating → Failed. Confirmed and Failed are final: what follows are operations.
/// </summary>
internal enum OrderStep
{
    /// <summary>Units are being reserved, which lapses by itself; the order is durable only if somebody was told of it.</summary>
    None,

    /// <summary>All units are set aside; the hold is asked for.</summary>
    Authorising,

    /// <summary>The money is certain; the units are being taken out of stock.</summary>
    Confirming,

    /// <summary>The order stands.</summary>
    Confirmed,

    /// <summary>What was done is being undone.</summary>
    Compensating,

    /// <summary>Nothing is held and nothing was charged.</summary>
    Failed,
}
