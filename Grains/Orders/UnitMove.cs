namespace ActorShop.Orders;

/// <summary>Units of an order that an operation moves, under an operation id that is the same at every attempt.</summary>
/// <param name="Restock">Whether they are free again. Otherwise they leave the stock, if they are still there.</param>
internal sealed record UnitMove(Sku Sku, int Quantity, string OperationId, string Reason, bool Restock);
