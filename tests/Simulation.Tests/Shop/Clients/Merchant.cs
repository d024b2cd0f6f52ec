using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Catalog;
using ActorShop.Inventory;

namespace ActorShop.Simulation.Shop;

/// <summary>Puts goods on sale, and changes their prices while they are sold.</summary>
internal sealed class Merchant(World world, ShopFloor floor) : Client(world, "merchant")
{
    /// <summary>Opens the shop: every SKU has a price, and some units.</summary>
    public async Task OpenAsync()
    {
        foreach (var sku in floor.Skus)
        {
            await PriceAsync(sku, 100 + Draw(900));
            await ReceiveAsync(sku, 3 + Draw(12));
        }

        // One of them may be sold ahead, up to a limit.
        if (Flips(30))
        {
            var limit = 1 + Draw(5);
            await InsistAsync(
                "set policy", grains => grains.Stock(Any(floor.Skus)).SetPolicyAsync(StockPolicy.Backorder, limit, expectedVersion: null));
        }
    }

    public override async Task RunAsync()
    {
        while (!World.IsClosing)
        {
            await PauseAsync(TimeSpan.FromSeconds(40));
            await PriceAsync(Any(floor.Skus), 100 + Draw(900));
        }
    }

    private async Task ReceiveAsync(Sku sku, int units)
    {
        var result = await InsistAsync("receive", grains => grains.Stock(sku).AdjustAsync("opening", units, "opening"));
        if (result is AdjustResult.Adjusted adjusted)
        {
            World.History.Adjustments.Add((sku, "opening", units, adjusted.Level));
        }
    }

    private Task<PutProductResult?> PriceAsync(Sku sku, long price)
    {
        // Noted before it is asked for, since it may come to pass although nobody hears of it.
        if (!World.History.Prices.TryGetValue(sku, out var prices))
        {
            World.History.Prices[sku] = prices = [];
        }

        prices.Add(price);
        var draft = new ProductDraft(
            string.Create(CultureInfo.InvariantCulture, $"thing {sku}"),
            string.Empty,
            Category: null,
            ImmutableSortedDictionary<string, string>.Empty,
            [new VariantDraft(sku, [new Money(price, ShopFloor.Currency)], ImmutableSortedDictionary<string, string>.Empty)],
            ExternalId: null);
        return InsistAsync("put product", grains => grains.Product(new($"{ProductId.Prefix}{sku}")).PutAsync(draft, expectedVersion: null));
    }
}
