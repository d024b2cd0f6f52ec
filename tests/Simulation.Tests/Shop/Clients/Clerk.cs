using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Simulation.Shop;

/// <summary>Takes money, gives it back, calls orders off, restocks, counts, and takes over orders from elsewhere.</summary>
internal sealed class Clerk(World world, int number, ShopFloor floor) : Client(world, $"clerk {number}")
{
    private int _requests;

    public override async Task RunAsync()
    {
        while (!World.IsClosing)
        {
            await PauseAsync(TimeSpan.FromSeconds(8));
            await (Draw(10) switch
            {
                < 3 when floor.Orders.Count > 0 => WithAsync(Any(floor.Orders)),
                < 6 when floor.Orders.Count > 0 => SettleAsync(floor.Orders[^1]),
                7 => TakeOverAsync(),
                _ => AdjustAsync(),
            });
        }
    }

    private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{Name}/{++_requests}");

    // The ordinary way of an order: the money is taken, and sometimes some of it goes back.
    private async Task SettleAsync(OrderView order)
    {
        await OrderDesk.CaptureAsync(this, order.Id, NextKey());
        if (Flips(50))
        {
            await OrderDesk.RefundAsync(this, order.Id, NextKey(), AnyRefund(order));
        }
    }

    // The extraordinary one: everything at once.
    private async Task WithAsync(OrderView order)
    {
        var desks = new List<Task<Answer?>>();
        for (var requests = 1 + Draw(3); requests > 0; requests--)
        {
            desks.Add(Draw(6) switch
            {
                0 => OrderDesk.CancelAsync(this, order.Id, NextKey()),
                < 3 => OrderDesk.CaptureAsync(this, order.Id, NextKey()),
                _ => OrderDesk.RefundAsync(this, order.Id, NextKey(), AnyRefund(order)),
            });
        }

        await Task.WhenAll(desks);
    }

    private RefundRequest AnyRefund(OrderView order)
    {
        var line = Any(order.Items);
        Money? price = Flips(20) ? line.UnitPrice * (1 + Draw(2)) : null;
        return new([new(line.Sku, 1 + Draw(line.Quantity), price, Restock: Flips(50))], "came back", At: null, ExternalId: null);
    }

    private async Task AdjustAsync()
    {
        var sku = Any(floor.Skus);
        var delta = Flips(70) ? 1 + Draw(5) : -1 - Draw(3);
        StockLevel? level = null;
        var operation = string.Empty;
        var answer = await KeyedAsync(
            "adjust",
            $"POST /v1/admin/stock/{sku}/adjustments",
            NextKey(),
            string.Create(CultureInfo.InvariantCulture, $"{delta}"),
            async (grains, operationId) =>
            {
                var result = await grains.Stock(sku).AdjustAsync(operationId, delta, "count");
                (level, operation) = ((result as AdjustResult.Adjusted)?.Level, operationId);
                return new(result is AdjustResult.Adjusted ? 200 : 409, result.ToString(), Location: null);
            });
        if (answer?.Status == 200 && level is not null)
        {
            World.History.Adjustments.Add((sku, operation, delta, level));
        }
    }

    private async Task TakeOverAsync()
    {
        var sku = Any(floor.Skus);
        ImmutableArray<Line> lines = [Line.Of(sku, $"thing {sku}", 1 + Draw(2), new(50 + Draw(50), ShopFloor.Currency))];
        var key = NextKey();
        await KeyedAsync("take over", "POST /v1/admin/orders", key, lines[0].ToString(), async (grains, operationId) =>
        {
            var id = new OrderId(OrderId.Prefix + operationId);
            World.History.TakenOver.Add(id.Value);
            var order = await grains.Order(id).PlaceAsync(
                new(
                    lines, OrderTender.External, PaymentToken: null, Cart: null, key,
                    CustomerId: null, Email: null, ShippingAddress: null, IdSource.TimeOf(operationId)),
                World.Plan.Settings.CheckoutTimeout);
            if (order.Status is OrderStatus.Failed)
            {
                return new(409, order.Failure!.Code.ToString(), Location: null);
            }

            World.History.Orders.TryAdd(order.Id, Counter.FrozenPart(order));
            floor.Note(order);
            return Counter.Render(order);
        });
    }
}
