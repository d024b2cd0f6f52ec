namespace ActorShop.Testing.Invariants;

/// <summary>A change of a SKU's stock.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Type">The type: <c>adjusted</c>, <c>reserved</c>, <c>committed</c>, <c>released</c>, <c>expired</c>.</param>
/// <param name="Delta">The change of the units on hand.</param>
/// <param name="OnHand">Units on hand afterwards.</param>
/// <param name="Reserved">Reserved units afterwards.</param>
/// <param name="Order">The order.</param>
/// <param name="Quantity">The units of the order.</param>
/// <param name="Reason">The reason of an adjustment.</param>
/// <param name="Operation">The operation id of an adjustment.</param>
public sealed record LedgerEntry(
    long Sequence, string Type, long Delta, long OnHand, long Reserved, string? Order = null, int Quantity = 0, string? Reason = null,
    string? Operation = null);
