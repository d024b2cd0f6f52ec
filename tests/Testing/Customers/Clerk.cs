namespace ActorShop.Testing.Customers;

/// <summary>An employee: captures, refunds and cancels orders, and adds units to the stock.</summary>
public sealed class Clerk(Workload workload, string name) : Client(workload, name)
{
    /// <inheritdoc/>
    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (Draw(8) == 0)
        {
            var key = NextKey();
            await SendAsync(new ShopCall(CallKind.Restock, key) { Sku = AnyGood().Sku, Quantity = 1 + Draw(19) }, cancellationToken);
        }

        if (!Workload.Bought.TryDequeue(out var order))
        {
            await PauseAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
            return;
        }

        switch (Draw(10))
        {
            case 0 or 1:
                await SendAsync(Cancel(order), cancellationToken);
                break;
            case 2:
                // Each of these may win.
                await Task.WhenAll(SendAsync(Capture(order), cancellationToken), SendAsync(Cancel(order), cancellationToken));
                break;
            case < 8:
                if (await SendAsync(Capture(order), cancellationToken) is { IsFine: true } && Flips(50)
                    && await SendAsync(Refund(order), cancellationToken) is { IsFine: true } && Flips(20))
                {
                    await SendAsync(Cancel(order), cancellationToken);
                }

                break;
        }
    }

    private ShopCall Cancel(BoughtOrder order) => new(CallKind.Cancel, NextKey()) { Order = order.Id };

    private ShopCall Capture(BoughtOrder order) => new(CallKind.Capture, NextKey()) { Order = order.Id };

    private ShopCall Refund(BoughtOrder order)
    {
        var (sku, quantity) = order.Units.ElementAt(Draw(order.Units.Count));
        return new(CallKind.Refund, NextKey()) { Order = order.Id, Sku = sku, Quantity = 1 + Draw(quantity), ReturnsUnits = Flips(50) };
    }
}
