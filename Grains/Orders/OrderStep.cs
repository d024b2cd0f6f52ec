namespace ActorShop.Orders;

/// <summary>
/// The states of the checkout saga. Legal edges: None → Authorising → Confirming → Confirmed; None, Authorising and Confirming →
/// Compensating; None and Compensating → Failed. Confirmed and Failed are final: what follows are operations.
/// </summary>
internal enum OrderStep
{
    /// <summary>Units are being reserved. The order is stored only if a caller received 202.</summary>
    None,

    /// <summary>All units are reserved; the hold is asked for.</summary>
    Authorising,

    /// <summary>The money is certain; the units are leaving the stock.</summary>
    Confirming,

    Confirmed,

    /// <summary>What was done is being undone.</summary>
    Compensating,

    /// <summary>Nothing is held and nothing was charged.</summary>
    Failed,
}
