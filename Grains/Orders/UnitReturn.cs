namespace ActorShop.Orders;

/// <summary>Units that return to stock, under an operation id that is the same at every attempt.</summary>
internal sealed record UnitReturn(Sku Sku, int Quantity, string OperationId, string Reason);
