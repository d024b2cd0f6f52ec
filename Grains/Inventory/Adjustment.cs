namespace ActorShop.Inventory;

/// <summary>An adjustment that was made, and the stock after it.</summary>
internal sealed record Adjustment(string OperationId, int OnHand, int Reserved, long Version);
