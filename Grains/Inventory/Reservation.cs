namespace ActorShop.Inventory;

internal sealed record Reservation(int Quantity, DateTimeOffset ExpiresAt);
