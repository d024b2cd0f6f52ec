namespace ActorShop.Inventory;

/// <param name="CheckAt">When the stock first asks the order what becomes of the units.</param>
[GenerateSerializer, Immutable, Alias("inventory.reservation")]
public sealed record ReservationView(
    OrderId Order, int Quantity, DateTimeOffset CheckAt);
