namespace ActorShop.Inventory;

/// <summary>Units reserved for an order.</summary>
[GenerateSerializer, Immutable, Alias("inventory.reservation")]
public sealed record ReservationView(
    OrderId Order, int Quantity, DateTimeOffset ExpiresAt);
