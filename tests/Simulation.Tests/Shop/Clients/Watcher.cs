using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>Reads whatever there is to read, and may never be shown something impossible, or something older than before.</summary>
internal sealed class Watcher(World world, ShopFloor floor) : Client(world, "watcher")
{
    public override async Task RunAsync()
    {
        while (!World.IsClosing)
        {
            await PauseAsync(TimeSpan.FromSeconds(2));
            await LookAtStockAsync(Any(floor.Skus));
            if (World.History.Orders.Count > 0)
            {
                await LookAtOrderAsync(World.History.Orders.Keys.ElementAt(Draw(World.History.Orders.Count)));
            }
        }
    }

    private async Task LookAtStockAsync(Sku sku)
    {
        if (await TryAsync("read stock", grains => grains.Stock(sku).GetAsync()) is { } level)
        {
            Saw(sku.Value, level.Version);
            if (!StockIsNeverNegative.Holds(level))
            {
                World.Violations.Add(nameof(StockIsNeverNegative), $"{Name} read {level}.");
            }
        }
    }

    private async Task LookAtOrderAsync(OrderId id)
    {
        if (await TryAsync("read order", async grains => new Found(await grains.Order(id).GetAsync())) is { } found)
        {
            if (found.Order is not { } order)
            {
                World.Violations.Add(nameof(AcknowledgedOrdersSurvive), $"{Name} was told that there is no {id}.");
                return;
            }

            Saw(id.Value, order.Version);
        }
    }

    private sealed record Found(OrderView? Order);
}
