using ActorShop.Carts;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>Fills carts, pays for them, repeats what was not answered, and sometimes changes their mind.</summary>
internal sealed class Shopper(World world, int number, ShopFloor floor) : Client(world, $"shopper {number}")
{
    private static readonly Address Home = new("Ada", "1 Row", Line2: null, "Leeds", "LS1", "GB");

    public override async Task RunAsync()
    {
        for (var round = 0; round < World.Plan.Rounds && !World.IsClosing; round++)
        {
            await PauseAsync((World.Plan.Calm + World.Plan.Trouble) / World.Plan.Rounds / 2);
            await ShopAsync(round);
        }
    }

    private async Task ShopAsync(int round)
    {
        var cart = new CartId(CartId.Prefix + World.Ids.Next());
        if (await InsistAsync("create cart", grains => grains.Cart(cart).CreateAsync(ShopFloor.Currency, externalId: null)) is null)
        {
            return;
        }

        await FillAsync(cart);
        if (Flips(10))
        {
            // Left standing: nothing may come of it.
            return;
        }

        // A refusal reopens the cart; the next attempt has a key of its own, and sooner or later a card that works.
        for (var attempt = 0; attempt < 3 && !World.IsClosing; attempt++)
        {
            var token = attempt == 2 ? "tok_ok" : AnyToken();
            var request = new RequestKey($"anonymous POST /v1/carts/{cart}/checkout", $"{Name}/{round}/{attempt}", token);
            var answer = Flips(15) ? await BuyInABurstAsync(cart, request, token) : await BuyAsync(cart, request, token);
            await ProbeKeyAsync(cart, request, answer);
            if (answer is null or { Status: >= 200 and < 300 })
            {
                await LookAfterAsync(answer);
                return;
            }
        }
    }

    private async Task FillAsync(CartId cart)
    {
        for (var lines = 1 + Draw(3); lines > 0; lines--)
        {
            await SetItemAsync(cart, Any(floor.Skus), Flips(10) ? 0 : 1 + Draw(3));
        }

        await SetItemAsync(cart, Any(floor.Skus), 1 + Draw(2));
    }

    private async Task SetItemAsync(CartId cart, Sku sku, int quantity)
    {
        var result = await InsistAsync("set item", grains => grains.Cart(cart).SetItemAsync(sku, quantity, expectedVersion: null, returnView: false));
        if (result is CartResult.Changed changed)
        {
            Saw(cart.Value, changed.Version);
            if (await TryAsync("read cart", grains => grains.Cart(cart).GetAsync()) is { } view)
            {
                Saw(cart.Value, view.Version);
            }
        }
    }

    private async Task<Answer?> BuyInABurstAsync(CartId cart, RequestKey request, string token)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 2 + Draw(4)).Select(_ => BuyAsync(cart, request, token)));
        return answers.FirstOrDefault(static answer => answer is not null);
    }

    // Asks until there is an answer, as whoever wants the goods does; or loses patience, as whoever does not.
    private async Task<Answer?> BuyAsync(CartId cart, RequestKey request, string token)
    {
        var details = new CheckoutDetails("ada@example.org", Home, token);
        World.History.Attempts.Add((cart, request));
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await TryAsync("checkout", grains => Counter.CheckoutAsync(grains, cart, request, details)) is { } reply)
            {
                if (reply.Answer is { } answer)
                {
                    Note(cart, request, details, reply);
                    return answer;
                }

                if (reply.Found is not BeginResult.Running)
                {
                    return null;
                }
            }
            else if (Flips(5))
            {
                return null;
            }

            await PauseAsync(TimeSpan.FromMilliseconds(200 << Math.Min(attempt, 5)));
        }

        World.Violations.Add("Whoever insists is answered", $"{Name} gave up the checkout {request.Key}.");
        return null;
    }

    private void Note(CartId cart, RequestKey request, CheckoutDetails details, Reply reply)
    {
        World.History.Checkouts.Add((cart, request, details, reply.Answer!));
        if (Counter.OrderOf(reply.Answer!) is { } order)
        {
            World.History.Orders.TryAdd(order, reply.Answer!.Body);
        }
    }

    // The same key with another body is another request, and is refused without a trace.
    private async Task ProbeKeyAsync(CartId cart, RequestKey request, Answer? answer)
    {
        if (answer is not null && Flips(25))
        {
            var other = request with { Fingerprint = $"not {request.Fingerprint}" };
            var reply = await TryAsync(
                "reuse key", grains => Counter.CheckoutAsync(grains, cart, other, new("eve@example.org", Home, "tok_ok")));
            if (reply is not null and not { Found: BeginResult.Reused })
            {
                World.Violations.Add("A key is bound to its request", $"{request.Key} with another body was answered {reply.Found}.");
            }
        }
    }

    private async Task LookAfterAsync(Answer? answer)
    {
        if (answer is null || Counter.OrderOf(answer) is not { } id)
        {
            return;
        }

        var order = await InsistAsync(
            "read order", grains => grains.Order(id).GetAsync(), isEnough: static order => order is { Status: not OrderStatus.Pending });
        if (order is null)
        {
            return;
        }

        Saw(id.Value, order.Version);
        World.History.Seen.Add(order);
        floor.Note(order);
        if (Flips(20))
        {
            await OrderDesk.CancelAsync(this, id, $"{Name} cancels {id}");
        }
    }

    private string AnyToken() => Draw(20) switch
    {
        < 10 => "tok_ok",
        < 12 => "tok_declined",
        < 14 => "tok_timeout",
        < 17 => "tok_late",
        < 19 => "tok_twice",
        _ => "tok_unheard_of",
    };
}
