namespace ActorShop.Inventory;

/// <summary>Units set aside.</summary>
internal sealed record Reservation(int Quantity, DateTimeOffset ExpiresAt);
