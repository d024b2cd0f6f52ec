namespace ActorShop.Orders;

/// <summary>Units that return to stock, under an operation id that is the same at every attempt.</summary>
/// <remarks>With <c>IfCounted</c> nothing returns to a stock that does not count its units: they never left it.</remarks>
internal sealed record UnitReturn(Sku Sku, int Quantity, string OperationId, string Reason, bool IfCounted = false);
