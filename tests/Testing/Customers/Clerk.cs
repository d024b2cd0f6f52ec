namespace ActorShop.Testing.Customers;

/// <summary>An employee: captures, refunds and cancels orders, adjusts the stock, and imports orders from another system.</summary>
public sealed class Clerk(Workload workload, string name) : Client(workload, name)
{
    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (Draw(8) == 0)
        {
            await SendAsync(ShopCall.Restock(NextKey(), AnyGood().Sku, Adjustment()), cancellationToken);
        }

        if (Draw(16) == 0)
        {
            await SendAsync(ShopCall.Import(NextKey(), AnyGood().Sku, 1 + Draw(2), 50 + Draw(50), isShipped: Flips(50)), cancellationToken);
        }

        if (!Workload.Bought.TryDequeue(out var order))
        {
            await PauseAsync(Workload.Plan.ClerkPause, cancellationToken);
            return;
        }

        await WorkOnAsync(order, cancellationToken);
        if (Flips(30))
        {
            Workload.Bought.Enqueue(order);
        }
    }

    private async Task WorkOnAsync(BoughtOrder order, CancellationToken cancellationToken)
    {
        switch (Draw(12))
        {
            case 0 or 1:
                await SendAsync(Cancel(order), cancellationToken);
                break;
            case 2:
                // Each of these may win.
                await Task.WhenAll(SendAsync(Capture(order), cancellationToken), SendAsync(Cancel(order), cancellationToken));
                break;
            case 3 or 4:
                await Task.WhenAll(Enumerable.Range(0, 2 + Draw(2)).Select(_ => SendAsync(AnyOperation(order), cancellationToken)));
                break;
            case 5:
                await SendAsync(Ship(order), cancellationToken);
                break;
            case < 11:
                if (await SendAsync(Capture(order), cancellationToken) is { IsFine: true } && Flips(50)
                    && await SendAsync(Refund(order), cancellationToken) is { IsFine: true } && Flips(20))
                {
                    await SendAsync(Cancel(order), cancellationToken);
                }

                break;
        }
    }

    private int Adjustment() => Flips(70) ? 1 + Draw(Workload.Plan.RestockUnits) : -1 - Draw(3);

    private ShopCall AnyOperation(BoughtOrder order) => Draw(7) switch
    {
        0 => Cancel(order),
        1 => Ship(order),
        < 4 => Capture(order),
        _ => Refund(order),
    };

    private ShopCall Cancel(BoughtOrder order) => new(CallKind.Cancel, NextKey()) { Order = order.Id, IsByEmployee = true };

    private ShopCall Ship(BoughtOrder order) => new(CallKind.Ship, NextKey()) { Order = order.Id };

    private ShopCall Capture(BoughtOrder order) => new(CallKind.Capture, NextKey()) { Order = order.Id };

    private ShopCall Refund(BoughtOrder order)
    {
        var (sku, quantity) = order.Units.ElementAt(Draw(order.Units.Count));
        var (units, price, returnsUnits) = (1 + Draw(quantity), Flips(20) ? 1 + Draw(10_000) : (long?)null, Flips(50));
        var isMoney = price % 3 == 0;
        return new(CallKind.Refund, NextKey())
        {
            Order = order.Id,
            Sku = sku,
            Quantity = isMoney ? 0 : units,
            Price = price,
            ReturnsUnits = returnsUnits && !isMoney,
        };
    }
}
