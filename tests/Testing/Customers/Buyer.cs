namespace ActorShop.Testing.Customers;

/// <summary>A customer who buys one unit at a time: shows that the shop sells.</summary>
public sealed class Buyer(Workload workload, string name) : Client(workload, name)
{
    /// <summary>Buys one unit of the first SKU.</summary>
    /// <returns>The receipt of the checkout; if there was none, of the request that failed.</returns>
    public Task<Receipt> BuyAsync(CancellationToken cancellationToken) =>
        Purchase.TryAsync(SendAsync, Workload.Goods[0].Sku, NextKey(), cancellationToken);

    /// <inheritdoc/>
    protected override Task RoundAsync(CancellationToken cancellationToken) => BuyAsync(cancellationToken);
}
