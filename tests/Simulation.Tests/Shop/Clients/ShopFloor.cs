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

    /// <summary>All who come while the shop is open.</summary>
    public IEnumerable<Client> Clients(Merchant merchant)
    {
        for (var number = 0; number < world.Plan.Shoppers; number++)
        {
            yield return new Shopper(world, number, this);
        }

        for (var number = 0; number < world.Plan.Clerks; number++)
        {
            yield return new Clerk(world, number, this);
        }

        yield return new Watcher(world, this);
        yield return merchant;
    }

    public void Note(OrderView order)
    {
        if (order.Status is OrderStatus.Confirmed)
        {
            Orders.Add(order);
        }
    }
}
