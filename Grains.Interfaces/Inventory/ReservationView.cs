namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.reservation")]
public sealed record ReservationView(
    OrderId Order, int Quantity, DateTimeOffset ExpiresAt);
