using System.Collections.Concurrent;
using ActorShop.Cli.Shop;

namespace ActorShop.Chaos.Workload;

/// <summary>A customer: looks around, fills a cart, pays with every token of the provider, and reads what came of it.</summary>
/// <param name="shop">The shop.</param>
/// <param name="receipts">Where answers are written down.</param>
/// <param name="observations">The time of the run.</param>
/// <param name="goods">What there is to buy.</param>
/// <param name="bought">Told of each confirmed order.</param>
/// <param name="plan">How customers are.</param>
/// <param name="number">Which customer.</param>
/// <param name="name">Unlike anybody else's.</param>
/// <param name="clock">The time.</param>
internal sealed class Shopper(
    ShopClient shop, Receipts receipts, Observations observations, IReadOnlyList<ChaosGood> goods, ConcurrentQueue<BoughtOrder> bought,
    WorkloadPlan plan, int number, string name, TimeProvider clock) : Client(shop, receipts, observations, name)
{
    private readonly Random _random = new(unchecked((plan.Seed * 397) ^ number));

    /// <inheritdoc/>
    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(plan.Think * (2 * _random.NextDouble()), clock, cancellationToken);
        await BrowseAsync(cancellationToken);
        if (await AskAsync(ShopRequest.Post("/v1/carts", new CartBody(WorkloadPlan.Currency)), cancellationToken) is not { IsFine: true } made)
        {
            return;
        }

        var cart = made.Text("id")!;
        Receipts.Add(new Receipt(ReceiptKind.Cart, NextKey(), "/v1/carts", made.Status) { Cart = cart });
        if (await FillAsync(cart, cancellationToken) is not { Count: > 0 } units)
        {
            return;
        }

        var draft = new Receipt(ReceiptKind.Checkout, NextKey(), $"/v1/carts/{cart}/checkout", 0) { Cart = cart, Units = units };
        var answer = await AskAsync(draft, CheckoutBody.With(Token()), "total", cancellationToken);
        if (answer is { IsFine: true } && answer.Text("id") is { } order)
        {
            await ReadAsync(order, units, cancellationToken);
        }
    }

    private async Task BrowseAsync(CancellationToken cancellationToken)
    {
        var good = Any();
        var path = _random.Next(3) switch
        {
            0 => $"/v1/products/{good.Product}",
            1 => "/v1/products?limit=10",
            _ => $"/v1/stock/{ShopReads.Escape(good.Sku)}",
        };
        var answer = await AskAsync(ShopRequest.Get(path), cancellationToken);
        if (answer is { IsFine: true } && path.StartsWith("/v1/stock", StringComparison.Ordinal))
        {
            var (onHand, reserved) = (answer.Body.GetProperty("onHand").GetInt64(), answer.Body.GetProperty("reserved").GetInt64());
            if (onHand < 0 || reserved < 0 || reserved > onHand)
            {
                Receipts.Object($"{good.Sku} showed {onHand} on hand and {reserved} of them reserved");
            }
        }
    }

    private async Task<Dictionary<string, int>> FillAsync(string cart, CancellationToken cancellationToken)
    {
        var units = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var line = _random.Next(1, 4); line > 0; line--)
        {
            var (sku, quantity) = (Any().Sku, _random.Next(1, 4));
            var put = await AskAsync(
                new ShopRequest(HttpMethod.Put, $"/v1/carts/{cart}/items/{ShopReads.Escape(sku)}", new LineBody(quantity)), cancellationToken);
            if (put is not { IsFine: true })
            {
                // What the cart holds is not known any more: it is left standing.
                return [];
            }

            units[sku] = quantity;

            // Whatever was acknowledged is what the next reader sees, through the other API as well.
            var read = await AskAsync(ShopRequest.Get($"/v1/carts/{cart}"), cancellationToken);
            if (read is { IsFine: true } && VersionOf(read) < VersionOf(put))
            {
                Receipts.Object($"{cart} was read at version {VersionOf(read)} after {VersionOf(put)} was acknowledged");
            }
            else if (read is { Status: 404 })
            {
                Receipts.Object($"{cart} was not found after a line in it was acknowledged");
            }
        }

        return units;
    }

    private async Task ReadAsync(string order, Dictionary<string, int> units, CancellationToken cancellationToken)
    {
        var read = await AskAsync(ShopRequest.Get($"/v1/orders/{order}"), cancellationToken);
        if (read is { Status: 404 })
        {
            Receipts.Object($"{order} was not found after it was acknowledged");
        }
        else if (read is { IsFine: true } && read.Text("status") is "confirmed")
        {
            bought.Enqueue(new BoughtOrder(order, units));
        }
    }

    private ChaosGood Any() => goods[_random.Next(goods.Count)];

    // Mostly it works; the provider also says no, says nothing, takes its time, and hears things twice.
    private string Token() => _random.Next(100) switch
    {
        < 80 => "tok_ok",
        < 86 => "tok_declined",
        < 90 => "tok_timeout",
        < 94 => "tok_late",
        _ => "tok_twice",
    };

    private sealed record CartBody(string Currency);

    private sealed record LineBody(int Quantity);
}

/// <summary>An order that stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Units">What was bought.</param>
internal sealed record BoughtOrder(string Id, IReadOnlyDictionary<string, int> Units);

/// <summary>A checkout as the API takes it.</summary>
internal sealed record CheckoutBody(string Email, CheckoutBody.Address ShippingAddress, CheckoutBody.Means Payment)
{
    /// <summary>A customer who pays by a token.</summary>
    public static CheckoutBody With(string token) =>
        new("chaos@example.org", new Address("Chaos", "1 High Street", "Leeds", "LS1 1AA", "GB"), new Means(token));

    internal sealed record Address(string Name, string Line1, string City, string PostalCode, string Country);

    internal sealed record Means(string Token);
}
