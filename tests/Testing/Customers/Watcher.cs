namespace ActorShop.Testing.Customers;

/// <summary>A client that reads stocks and orders, and is never shown an older version than before.</summary>
public sealed class Watcher(Workload workload, string name) : Client(workload, name)
{
    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        await PauseAsync(TimeSpan.FromSeconds(2), cancellationToken);
        var sku = AnyGood().Sku;
        Saw(sku, await ReadStockAsync(sku, cancellationToken));
        if (Workload.Receipts.AnyOrder(Draw) is { } order)
        {
            Saw(order, await SendAsync(ShopCall.ReadOrder(order), cancellationToken));
        }
    }
}
