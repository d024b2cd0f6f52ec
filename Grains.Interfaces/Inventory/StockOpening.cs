namespace ActorShop.Inventory;

/// <param name="OnHand">The units at the beginning; below zero only as far as the policy allows.</param>
/// <param name="BackorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero reservations may go; 0 otherwise.</param>
/// <param name="Reason">The reason in the ledger, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("inventory.stock-opening")]
public sealed record StockOpening(int OnHand, StockPolicy Policy, int BackorderLimit, string Reason);
