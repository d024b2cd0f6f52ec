namespace ActorShop.Inventory;

/// <summary>Reserved units.</summary>
internal sealed record Reservation(int Quantity, DateTimeOffset ExpiresAt);
