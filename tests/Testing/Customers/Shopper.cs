namespace ActorShop.Testing.Customers;

/// <summary>A customer: browses, fills carts, pays with every token of the provider, and follows the order.</summary>
public sealed class Shopper(Workload workload, string name) : Client(workload, name)
{
    private const int Attempts = 3;

    /// <inheritdoc/>
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
        if (await FillAsync(cart, cancellationToken) is not { Count: > 0 } units || Flips(5))
        {
            // An abandoned cart: no order may come of it.
            return;
        }

        // A declined payment reopens the cart. The last attempt uses a token that works.
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var call = ShopCall.Checkout(NextKey(), cart, attempt == Attempts ? "tok_ok" : AnyToken(), units);
            var reply = Flips(10) ? await SendAtOnceAsync(call, cancellationToken) : await SendAsync(call, cancellationToken);
            await ReuseKeyAsync(call, reply, cancellationToken);
            if (reply is { IsFine: true, Id: { } order })
            {
                await FollowAsync(order, units, cancellationToken);
            }

            if (reply.Status is not 402)
            {
                return;
            }
        }
    }

    private async Task BrowseAsync(CancellationToken cancellationToken)
    {
        var good = AnyGood();
        var call = new ShopCall(Draw(3) switch { 0 => CallKind.ReadProduct, 1 => CallKind.ListProducts, _ => CallKind.ReadStock })
        {
            Product = good.Product,
            Sku = good.Sku,
        };
        var reply = await SendAsync(call, cancellationToken);
        if (reply.OnHand < 0 || reply.Reserved < 0 || reply.Reserved > reply.OnHand)
        {
            Workload.Receipts.Report($"{good.Sku} has {reply.OnHand} units on hand and {reply.Reserved} reserved");
        }
    }

    // Returns the content of the cart, or null where an unanswered request left it unknown.
    private async Task<Dictionary<string, int>?> FillAsync(string cart, CancellationToken cancellationToken)
    {
        var units = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var lines = 1 + Draw(3); lines > 0; lines--)
        {
            var (sku, quantity) = (AnyGood().Sku, 1 + Draw(3));
            var set = await SendAsync(ShopCall.SetLine(cart, sku, quantity), cancellationToken);
            if (!set.IsFine)
            {
                return null;
            }

            units[sku] = quantity;

            // The next read must show what was acknowledged, also through another API.
            Saw(cart, set);
            Saw(cart, await SendAsync(new ShopCall(CallKind.ReadCart) { Cart = cart }, cancellationToken));
        }

        return units;
    }

    // An impatient customer clicks several times: all requests have the same key, and one order comes of them.
    private async Task<ShopReply> SendAtOnceAsync(ShopCall call, CancellationToken cancellationToken)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 2 + Draw(3)).Select(_ => SendAsync(call, cancellationToken)));
        return replies.FirstOrDefault(static reply => !reply.IsUnknown) ?? ShopReply.Unknown;
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
            var reply = await SendAsync(new ShopCall(CallKind.ReadOrder) { Order = order }, cancellationToken);
            Saw(order, reply);
            if (reply.State is "pending" && read < Reads)
            {
                await PauseAsync(TimeSpan.FromSeconds(read), cancellationToken);
                continue;
            }

            if (reply.State is "confirmed")
            {
                Workload.Bought.Enqueue(new BoughtOrder(order, units));
            }

            return;
        }
    }

    // The provider declines, does not answer, answers late, and receives requests twice.
    private string AnyToken() => Draw(100) switch
    {
        < 80 => "tok_ok",
        < 86 => "tok_declined",
        < 90 => "tok_timeout",
        < 94 => "tok_late",
        _ => "tok_twice",
    };
}
