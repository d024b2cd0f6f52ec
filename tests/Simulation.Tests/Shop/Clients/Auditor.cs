using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>Comes when all is at rest: reads everything, repeats old requests, buys once more, and has the books compared.</summary>
internal sealed class Auditor(World world, ShopFloor floor) : Client(world, "auditor")
{
    public override Task RunAsync() => throw new NotSupportedException("It comes with its checkers.");

    public async Task CompareAsync(IReadOnlyList<Checker> checkers)
    {
        var end = new FinalState();
        await RepeatAsync(end);
        await ReadAsync(end);
        foreach (var checker in checkers)
        {
            checker.AtTheEnd(end);
        }
    }

    /// <summary>Waits until the shop has come to rest by itself. What has not within the plan's patience is reported by the checkers.</summary>
    public async Task RestAsync()
    {
        var began = World.Time.GetTimestamp();
        while (IsBusy() && World.Time.GetElapsedTime(began) < World.Plan.Patience)
        {
            await World.DelayAsync(TimeSpan.FromSeconds(5));
        }
    }

    private bool IsBusy()
    {
        lock (World.Gate)
        {
            return EverySagaEnds.Unfinished(World).Any() || World.Tables.Waiting > 0;
        }
    }

    // Whatever happened, the shop sells again: at the second try where a write had landed late behind an activation's back, since the
    // first one is how that activation finds out.
    public async Task BuyOnceMoreAsync()
    {
        var sku = floor.Skus[0];
        var cart = new CartId(CartId.Prefix + World.Ids.Next());
        var request = new RequestKey("final", "final", "final");
        World.History.Attempts.Add((cart, request));
        await InsistAsync("final sale", async grains =>
        {
            await grains.Stock(sku).AdjustAsync("final", 10, "final");
            await grains.Cart(cart).CreateAsync(ShopFloor.Currency, externalId: null);
            await grains.Cart(cart).SetItemAsync(sku, 1, expectedVersion: null, returnView: false);
            var reply = await Counter.CheckoutAsync(
                grains, cart, request, new("ada@example.org", new("Ada", "1 Row", Line2: null, "Leeds", "LS1", "GB"), "tok_ok"));
            for (var look = 0; look < 100; look++)
            {
                if (reply.Answer is { } answer && Counter.OrderOf(answer) is { } id
                    && await grains.Order(id).GetAsync() is { Status: OrderStatus.Confirmed } order)
                {
                    return order;
                }

                await World.DelayAsync(TimeSpan.FromSeconds(0.2));
            }

            throw new TimeoutException($"The last sale came to {reply}.");
        });
    }

    private async Task RepeatAsync(FinalState end)
    {
        foreach (var (cart, request, details, answer) in World.History.Checkouts)
        {
            var reply = await InsistAsync("repeat", grains => Counter.CheckoutAsync(grains, cart, request, details));
            end.Repeated.Add((answer, reply?.Answer, request));
        }

        // Answers that were kept, that is: what tells of no execution is decided anew.
        foreach (var (request, answer, execute) in World.History.Operations.Where(static operation => operation.Answer.Status != 404))
        {
            var again = await InsistAsync("repeat", grains => OrderDesk.RunAsync(grains, request, execute));
            end.Repeated.Add((answer, again?.Answer, request));
        }
    }

    private async Task ReadAsync(FinalState end)
    {
        var orders = World.Tables.Streams(OrderId.Prefix).Select(static stream => stream.Stream)
            .Concat(World.History.Orders.Keys.Select(static id => id.Value))
            .Distinct(StringComparer.Ordinal);
        foreach (var id in orders.ToArray())
        {
            end.Orders[id] = (await InsistAsync("final read", async grains => new Box<OrderView?>(await grains.Order(new(id)).GetAsync())))?.Value;
        }

        foreach (var (id, _) in World.Tables.Streams(CartId.Prefix).ToArray())
        {
            end.Carts[id] = (await InsistAsync("final read", async grains => new Box<CartView?>(await grains.Cart(new(id)).GetAsync())))?.Value;
        }

        foreach (var sku in floor.Skus)
        {
            var level = await InsistAsync("final read", grains => grains.Stock(sku).GetAsync());
            var reservations = await InsistAsync(
                "final read", async grains => new Box<System.Collections.Immutable.ImmutableArray<Inventory.ReservationView>>(
                    await grains.Stock(sku).GetReservationsAsync()));
            end.Stocks[sku] = (level!, reservations!.Value);
        }
    }

    private sealed record Box<T>(T Value);
}
