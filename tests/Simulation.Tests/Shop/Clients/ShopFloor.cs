using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>What is on sale, and which orders those who look after them know.</summary>
internal sealed class ShopFloor(World world)
{
    public const string Currency = "GBP";

    public ImmutableArray<Sku> Skus { get; } =
        [.. Enumerable.Range(0, world.Plan.Skus).Select(static number => new Sku(string.Create(CultureInfo.InvariantCulture, $"S{number}")))];

    /// <summary>Orders that stood when a client last looked.</summary>
    public List<OrderView> Orders { get; } = [];

    public void Note(OrderView order)
    {
        if (order.Status is OrderStatus.Confirmed)
        {
            Orders.Add(order);
        }
    }
}
