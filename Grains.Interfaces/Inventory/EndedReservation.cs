namespace ActorShop.Inventory;

/// <summary>What an order took from a stock; nothing if the stock does not count its units.</summary>
/// <param name="Allocated">Units that stay on hand until they are shipped.</param>
/// <param name="Shipped">Units that left the stock when the order was confirmed.</param>
[GenerateSerializer, Immutable, Alias("inventory.ended-reservation")]
public sealed record EndedReservation(int Allocated, int Shipped)
{
    public static EndedReservation Nothing { get; } = new(0, 0);
}
