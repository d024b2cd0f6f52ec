namespace ActorShop.Testing.Customers;

/// <summary>A customer: browses, fills carts, pays with every token of the provider, follows the order, and sometimes cancels it.</summary>
public sealed class Shopper(Workload workload, string name) : Client(workload, name)
{
    private const int Attempts = 3;

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        await PauseAsync(2 * Workload.Plan.Think, cancellationToken);
        await BrowseAsync(cancellationToken);
        var made = await SendAsync(new ShopCall(CallKind.CreateCart), cancellationToken);
        if (made is not { IsFine: true, Id: { } cart })
        {
            return;
        }

        Saw(cart, made);
        if (await FillAsync(cart, cancellationToken) is var (units, total) && units.Count > 0 && !Flips(5))
        {
            await BuyAsync(cart, units, total, cancellationToken);
        }
    }

    private Task<ShopReply> BrowseAsync(CancellationToken cancellationToken)
    {
        var good = AnyGood();
        return Draw(3) switch
        {
            0 => SendAsync(new ShopCall(CallKind.ReadProduct) { Product = good.Product, Sku = good.Sku }, cancellationToken),
            1 => SendAsync(new ShopCall(CallKind.ListProducts), cancellationToken),
            _ => ReadStockAsync(good.Sku, cancellationToken),
        };
    }

    // Returns the content of the cart and the total that was read last, or null where an unanswered request left it unknown.
    private async Task<(Dictionary<string, int> Units, long? Total)?> FillAsync(string cart, CancellationToken cancellationToken)
    {
        var units = new Dictionary<string, int>(StringComparer.Ordinal);
        long? total = null;
        for (var lines = 1 + Draw(3); lines > 0; lines--)
        {
            var (sku, quantity) = (AnyGood().Sku, Flips(10) ? 0 : 1 + Draw(3));
            var set = await SendAsync(ShopCall.SetLine(cart, sku, quantity), cancellationToken);
            if (!set.IsFine)
            {
                return null;
            }

            if (quantity == 0)
            {
                units.Remove(sku);
            }
            else
            {
                units[sku] = quantity;
            }

            // The next read must show what was acknowledged, also through another API.
            Saw(cart, set);
            var read = await SendAsync(new ShopCall(CallKind.ReadCart) { Cart = cart }, cancellationToken);
            if (units.Count > 0 || read.Status != 404)
            {
                // A cart that never had a line may have expired.
                Saw(cart, read);
            }

            total = read.IsFine ? read.Amount : null;
        }

        return (units, total);
    }

    private async Task BuyAsync(string cart, Dictionary<string, int> units, long? total, CancellationToken cancellationToken)
    {
        // A declined payment reopens the cart. The last attempt uses a token that works.
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var call = ShopCall.Checkout(NextKey(), cart, attempt == Attempts ? "tok_ok" : AnyToken(), units) with
            {
                ExpectedTotal = attempt == 1 && Flips(50) ? total : null,
            };
            var (answered, reply) = Draw(20) switch
            {
                < 2 => await SendAtOnceAsync(call, static call => call, cancellationToken),
                2 => await SendAtOnceAsync(call, call => call with { Key = NextKey() }, cancellationToken),
                _ => (call, await SendAsync(call, cancellationToken)),
            };
            await ReuseKeyAsync(answered, reply, cancellationToken);
            if (reply is { IsFine: true, Id: { } order })
            {
                // While the first checkout runs, a second one must not begin beside it.
                if (reply.Status == 202 && Flips(50))
                {
                    await SendAsync(call with { Key = NextKey(), Token = "tok_ok" }, cancellationToken);
                }

                await FollowAsync(order, units, cancellationToken);
            }

            if (reply is not ({ Status: 402 or 0 } or { Code: "price_changed" }))
            {
                return;
            }
        }
    }

    // An impatient customer clicks several times, or pays in two windows: one order comes of it.
    // The answer is returned with the call that it belongs to.
    private async Task<(ShopCall Call, ShopReply Reply)> SendAtOnceAsync(ShopCall call, Func<ShopCall, ShopCall> other, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 2 + Draw(3)).Select(async click =>
        {
            var sent = click == 0 ? call : other(call);
            return (Call: sent, Reply: await SendAsync(sent, cancellationToken));
        }));
        return answers.OrderBy(static answer => answer.Reply switch { { IsFine: true } => 0, { IsUnknown: false } => 1, _ => 2 }).First();
    }

    // The same key with another body is refused and has no effect.
    private async Task ReuseKeyAsync(ShopCall call, ShopReply reply, CancellationToken cancellationToken)
    {
        if (reply.Status is not (201 or 202) || !Flips(10))
        {
            return;
        }

        var other = await Workload.Shop.SendAsync(call with { Token = $"not-{call.Token}" }, cancellationToken);
        if (other is { IsTransient: false, Code: not "idempotency_key_reused" })
        {
            Workload.Receipts.Report($"{call.Key} with another body was answered {other}");
        }
    }

    private async Task FollowAsync(string order, Dictionary<string, int> units, CancellationToken cancellationToken)
    {
        const int Reads = 5;
        for (var read = 1; read <= Reads; read++)
        {
            var reply = await SendAsync(ShopCall.ReadOrder(order), cancellationToken);
            Saw(order, reply);
            if (reply.State is "pending" && read < Reads)
            {
                await PauseAsync(TimeSpan.FromSeconds(read), cancellationToken);
                continue;
            }

            if (reply.State is "confirmed")
            {
                Workload.Bought.Enqueue(new BoughtOrder(order, units));
                if (Flips(10))
                {
                    await SendAsync(new ShopCall(CallKind.Cancel, NextKey()) { Order = order }, cancellationToken);
                }
            }

            return;
        }
    }

    // The provider declines, does not answer, answers late, receives requests twice, and refuses what it does not know.
    private string AnyToken() => Draw(100) switch
    {
        < 72 => "tok_ok",
        < 79 => "tok_declined",
        < 85 => "tok_timeout",
        < 91 => "tok_late",
        < 97 => "tok_twice",
        _ => "tok_unknown",
    };
}
