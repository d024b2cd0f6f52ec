using ActorShop.Accounting;
using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Payments;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using ActorShop.Silo.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Orders;

/// <summary>A shop that sells: a cluster, its store, and the payment provider's journal as the independent witness.</summary>
/// <remarks>Store and journal outlive a <see cref="CrashAsync"/>. Short pauses run in real time; <see cref="SettleAsync"/> reaches what is due later.</remarks>
internal sealed class Sale : IAsyncDisposable
{
    public static readonly Address Home = new("Ada", "1 Row", Line2: null, "Leeds", "LS1", "GB");

    private readonly Action<IServiceCollection>? _configure;

    private Sale(MemoryShopStore store, MemoryJournal journal, Action<IServiceCollection>? configure)
    {
        Store = store;
        Journal = journal;
        _configure = configure;
    }

    public MemoryShopStore Store { get; }

    public MemoryJournal Journal { get; }

    public ShopCluster Cluster { get; private set; } = null!;

    public IGrainFactory Grains => Cluster.Grains;

    public static async Task<Sale> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var sale = new Sale(new(), new(), configure);
        await sale.OpenAsync();
        return sale;
    }

    public static async Task<Sale> WithStockAsync(params (string Sku, int OnHand)[] stocks)
    {
        var sale = await StartAsync();
        foreach (var (sku, onHand) in stocks)
        {
            await sale.GivenStockAsync(sku, onHand);
        }

        return sale;
    }

    public static async Task<Sale> SellingAsync(params (string Sku, int OnHand)[] stocks)
    {
        var sale = await StartAsync();
        foreach (var (sku, onHand) in stocks)
        {
            await sale.GivenAsync(sku, onHand);
        }

        return sale;
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>Ends every process; what was durable is all that the next ones know.</summary>
    public async Task CrashAsync()
    {
        await Cluster.DisposeAsync();
        await OpenAsync();
    }

    public async Task GivenAsync(string sku, int onHand, long price = 100)
    {
        var product = new ProductId($"prod_{sku}");
        await Grains.Offer(new(sku)).ClaimAsync(product);
        await Grains.Offer(new(sku)).SetAsync(new(new(sku), product, $"thing {sku}", [new(price, "GBP")], Active: true, ProductVersion: 1));
        await GivenStockAsync(sku, onHand);
    }

    public async Task GivenStockAsync(string sku, int onHand)
    {
        if (onHand > 0)
        {
            await Grains.Stock(new(sku)).AdjustAsync("opening", onHand, "opening");
        }
    }

    public async Task<ICartGrain> CartAsync(int number, params (string Sku, int Quantity)[] items)
    {
        var cart = Grains.Cart(new($"cart_{number:x32}"));
        await cart.CreateAsync("GBP", externalId: null);
        foreach (var (sku, quantity) in items)
        {
            (await cart.SetItemAsync(new(sku), quantity, expectedVersion: null, returnView: false)).ShouldBeOfType<CartResult.Changed>();
        }

        return cart;
    }

    public static RequestKey Request(string key, string fingerprint = "body") => new("anonymous POST /v1/carts/x/checkout", key, fingerprint);

    public static CheckoutDetails Details(string token = "tok_ok") => new("ada@example.org", Home, token);

    /// <summary>A checkout under a key.</summary>
    /// <returns>The result of the cart, and the status and order of the answer to the client, if an order was made.</returns>
    public async Task<(CheckoutResult Result, (int Status, OrderId Order)? Answer)> BuyAsync(ICartGrain cart, string key = "key", string token = "tok_ok")
    {
        var result = await Grains.Cart(new(cart.GetPrimaryKeyString())).CheckoutAsync(Request(key, token), Details(token));
        return (result, result switch
        {
            CheckoutResult.Placed { Order: var order } => (order.Status is OrderStatus.Pending ? 202 : 201, order.Id),
            CheckoutResult.Failed { Order: var order } => (402, order.Id),
            _ => null,
        });
    }

    public static PlaceOrder Command(OrderTender tender, params Line[] lines) => new(
        [.. lines], tender, tender is OrderTender.Card ? "tok_ok" : null,
        Cart: null, ExternalId: null, CustomerId: null, Email: null, ShippingAddress: null, DateTimeOffset.UnixEpoch, Fulfilled: tender is OrderTender.External);

    public static Line Line(string sku, int quantity, long price = 100) =>
        ActorShop.Line.Of(new(sku), $"thing {sku}", quantity, new(price, "GBP"));

    /// <summary>Lets time pass and resumes due work, until nothing is due.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 200; round++)
        {
            Cluster.Time.Advance(TimeSpan.FromSeconds(20));
            try
            {
                await Cluster.ResumeAllAsync(rounds: 1);
            }
            catch (OrleansException)
            {
                // A write failed. What is due is resumed again.
            }

            // An open cart is due when it expires.
            if (!Store.AllDue().Any(row => row.StateName is "order" or "entry" || (row.StateName is "cart" && row.At < Cluster.Time.GetUtcNow() + TimeSpan.FromHours(1))))
            {
                return;
            }

            // A saga retries after a pause in real time.
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        throw new TimeoutException($"Still due: {string.Join(", ", Store.AllDue().Select(static row => row.Key))}");
    }

    /// <summary>The shop stands still and every book agrees with every other: the invariants of a sale.</summary>
    public async Task AssertConsistentAsync(params (string Sku, int Received)[] stocks)
    {
        var orders = new List<OrderView>();
        foreach (var key in Store.Writes.Where(static write => write.StateName is "order").Select(static write => write.Key).Distinct(StringComparer.Ordinal))
        {
            // One that failed before it was stored is not found.
            if (await Grains.Order(new(key)).GetAsync() is { } order)
            {
                orders.Add(order);
            }
        }

        orders.ShouldAllBe(static order => order.Status != OrderStatus.Pending);
        foreach (var order in orders.Where(static order => order.Tender is OrderTender.Card))
        {
            var (held, captured, refunded) = MoneyOf(order);
            captured.ShouldBeLessThanOrEqualTo(order.Totals.Total.Amount);
            (order.Status switch
            {
                OrderStatus.Confirmed when order.PaymentStatus is PaymentStatus.Authorised => held == order.Totals.Total.Amount && captured == 0,
                OrderStatus.Confirmed => captured == order.Totals.Total.Amount && refunded == order.Refunded.Amount,
                _ => held == 0 && captured == refunded,
            }).ShouldBeTrue($"{order.Id} is {order.Status}, {order.PaymentStatus}: held {held}, captured {captured}, refunded {refunded}");
        }

        foreach (var (sku, received) in stocks)
        {
            await RestAsync(sku);
            var level = await Grains.Stock(new(sku)).GetAsync();
            int UnitsOf(FulfilmentStatus status) => orders.Where(order => order.Status is OrderStatus.Confirmed && order.FulfilmentStatus == status)
                .SelectMany(static order => order.Items)
                .Where(line => string.Equals(line.Sku.Value, sku, StringComparison.Ordinal))
                .Sum(static line => line.Quantity);
            level.Reserved.ShouldBe(UnitsOf(FulfilmentStatus.Unfulfilled), sku);
            level.OnHand.ShouldBe(received - UnitsOf(FulfilmentStatus.Fulfilled), sku);
        }

        orders.Where(static order => order.Cart is not null && order.Status is OrderStatus.Confirmed)
            .GroupBy(static order => order.Cart).ShouldAllBe(static orders => orders.Count() == 1);
        AssertCash(orders);
    }

    /// <summary>Waits until every settled order has taken its units. A stock that was not told asks.</summary>
    public async Task RestAsync(string sku)
    {
        for (var tries = 0; !(await Grains.Stock(new(sku)).GetReservationsAsync()).IsEmpty; tries++)
        {
            tries.ShouldBeLessThan(500, $"{sku} still has reservations");
            if (tries % 20 == 19)
            {
                Cluster.Time.Advance(TimeSpan.FromMinutes(1));
                await Cluster.ResumeAllAsync(rounds: 1);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>What the provider's journal says of an order: what is held, what was taken, what went back.</summary>
    public (long Held, long Captured, long Refunded) MoneyOf(OrderView order)
    {
        var done = Journal.Entries.Where(entry =>
            string.Equals(entry.Payment, Order.PaymentOf(order.Id).Value, StringComparison.Ordinal) && entry.Outcome is JournalOutcome.Done).ToArray();
        done.Select(static entry => entry.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(done.Length);
        long Sum(ProviderOperationKind kind) => done.Where(entry => entry.Kind == kind).Sum(static entry => entry.Amount);
        var isVoided = done.Any(static entry => entry.Kind is ProviderOperationKind.Void);
        var captured = Sum(ProviderOperationKind.Capture);
        return (isVoided || captured > 0 ? 0 : Sum(ProviderOperationKind.Authorise), captured, Sum(ProviderOperationKind.Refund));
    }

    private void AssertCash(List<OrderView> orders)
    {
        var cards = orders.Where(static order => order.Tender is OrderTender.Card).Select(static order => order.Id.Value).ToHashSet(StringComparer.Ordinal);
        var cash = Store.Postings.Where(row => row.Posting.Account is Accounts.Cash && cards.Contains(row.Stream)).Sum(static row => row.Posting.Amount);
        var taken = Journal.Entries.Where(static entry => entry is { Outcome: JournalOutcome.Done, Kind: ProviderOperationKind.Capture }).Sum(static entry => entry.Amount);
        var returned = Journal.Entries.Where(static entry => entry is { Outcome: JournalOutcome.Done, Kind: ProviderOperationKind.Refund }).Sum(static entry => entry.Amount);
        cash.ShouldBe(taken - returned);
        Store.Postings.Sum(static row => row.Posting.Amount).ShouldBe(0);
    }

    private async Task OpenAsync() => Cluster = await ShopCluster.StartAsync(Configure, store: Store);

    private void Configure(IServiceCollection services)
    {
        // Held answers are short here: only the orders of events matter, not the seconds between them.
        var options = new SimulatorOptions { AnswerTimeout = TimeSpan.FromMilliseconds(20), LateAfter = TimeSpan.FromSeconds(8) };
        services.AddSingleton<IPaymentProvider>(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            return new SimulatedPaymentProvider(new Acquirer(Journal, clock, options), clock, options);
        });
        services.Configure<OrdersOptions>(static orders =>
        {
            orders.RetryFrom = TimeSpan.FromMilliseconds(10);
            orders.RetryTo = TimeSpan.FromMilliseconds(50);
        });
        _configure?.Invoke(services);
    }
}
