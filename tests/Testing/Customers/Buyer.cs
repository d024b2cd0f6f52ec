namespace ActorShop.Testing.Customers;

/// <summary>A customer who buys one unit at a time: shows that the shop sells.</summary>
public sealed class Buyer(Workload workload, string name) : Client(workload, name)
{
    /// <returns>The receipt of the checkout; if there was none, of the request that failed.</returns>
    public Task<Receipt> BuyAsync(CancellationToken cancellationToken) =>
        Purchase.TryAsync(SendAsync, Workload.Goods[0].Sku, NextKey(), cancellationToken);

    /// <summary>Adds units to the first SKU and buys, until an order is confirmed. One that is not is reported.</summary>
    /// <remarks>
    /// Several attempts, because a write that landed late makes the first one fail: that is how an activation learns of it.
    /// </remarks>
    public async Task BuyForCertainAsync(CancellationToken cancellationToken)
    {
        const int Attempts = 3, Reads = 100;
        var last = ShopReply.Unknown;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await SendAsync(ShopCall.Restock(NextKey(), Workload.Goods[0].Sku, 10), cancellationToken);
            if ((await BuyAsync(cancellationToken)) is not { IsPlaced: true, Order: { } order } failed)
            {
                continue;
            }

            last = failed.Reply;
            for (var read = 0; read < Reads && (last = await SendAsync(ShopCall.ReadOrder(order), cancellationToken)).State is "pending"; read++)
            {
                await PauseAsync(TimeSpan.FromSeconds(0.5), cancellationToken);
            }

            if (last.State is "confirmed")
            {
                return;
            }
        }

        Workload.Receipts.Report($"{this} could not buy: {last}");
    }

    protected override Task RoundAsync(CancellationToken cancellationToken) => BuyAsync(cancellationToken);
}
