namespace ActorShop.Orders;

/// <summary>
/// The states of the checkout saga. Legal edges: None → Confirmed or Compensating; Compensating → Failed; and None → Failed before anything
/// is stored. Confirmed and Failed are final: what follows are operations.
/// </summary>
internal enum OrderStep
{
    /// <summary>The order is being placed: units are reserved, the cart names the order, and then the money is held.</summary>
    None,

    /// <summary>Of orders that older versions placed: all units are reserved; the hold is asked for.</summary>
    Authorising,

    /// <summary>Of orders that older versions placed: the money is held; the units are leaving the stock.</summary>
    Confirming,

    Confirmed,

    /// <summary>What was done is being undone.</summary>
    Compensating,

    /// <summary>Nothing is held and nothing was charged.</summary>
    Failed,
}
