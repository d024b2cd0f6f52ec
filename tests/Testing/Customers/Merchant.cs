namespace ActorShop.Testing.Customers;

/// <summary>Puts goods on sale, and changes their prices while they are sold.</summary>
public sealed class Merchant(Workload workload) : Client(workload, "merchant")
{
    private const int AtOnce = 8;

    /// <summary>Opens the shop: every SKU has a price and units. Some sell out.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var goods in Workload.Goods.Index().Chunk(AtOnce))
        {
            await Task.WhenAll(goods.Select(good => OpenAsync(good.Item, Units(good.Index + 1), cancellationToken)));
        }
    }

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        await PauseAsync(Workload.Plan.PricePause, cancellationToken);
        await SendAsync(Price(CallKind.SetPrice, AnyGood()), cancellationToken);
    }

    private int Units(int number) => number % 8 == 0 ? 25 : Workload.Plan.OpeningUnits.From + Draw(Workload.Plan.OpeningUnits.Random);

    private async Task OpenAsync(Good good, int units, CancellationToken cancellationToken)
    {
        // A repeat of a creation whose answer was lost finds the product.
        await ExpectAsync(Price(CallKind.CreateProduct, good), cancellationToken, orElse: 412);
        await ExpectAsync(ShopCall.Restock($"opening-{good.Sku}", good.Sku, units), cancellationToken);
    }

    private ShopCall Price(CallKind kind, Good good) => new(kind) { Product = good.Product, Sku = good.Sku, Price = 100 + Draw(9_900) };

    private async Task ExpectAsync(ShopCall call, CancellationToken cancellationToken, int orElse = 0)
    {
        var reply = await SendAsync(call, cancellationToken);
        if (!reply.IsFine && reply.Status != orElse)
        {
            throw new IOException($"The shop cannot open: {call.Kind} of {call.Sku}: {reply}");
        }
    }
}
