using ActorShop.Carts;
using ActorShop.Orders;

namespace ActorShop.Api.Limits;

/// <summary>Carts of anonymous callers whose orders have no outcome yet. They reserve stock, so a caller may have only so many of them.</summary>
/// <remarks>Known to this process alone. A cart leaves when its checkout ends, or when it is found without one once the caller is at its limit.</remarks>
internal sealed class UnpaidOrders(IGrainFactory grains, IOptions<LimitOptions> limits, TimeProvider clock)
{
    // By then the shop has given up on a payment and returned its stock.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<CartId, Hold>> _holds = new(StringComparer.Ordinal);
    private long _swept = clock.GetTimestamp();

    /// <summary>The number of callers with unpaid orders.</summary>
    internal int Callers
    {
        get
        {
            lock (_lock)
            {
                return _holds.Count;
            }
        }
    }

    /// <summary>Runs a checkout, unless its caller has too many unpaid orders or units.</summary>
    public async Task<(CheckoutResult? Result, Problem? Refusal)> CheckOutAsync(
        HttpContext http, CartId cart, Func<ICartGrain, long?, Task<CheckoutResult>> checkOutAsync)
    {
        var grain = grains.Cart(cart);
        if (!limits.Value.Enabled || !Caller.IsAnonymous(http))
        {
            return (await checkOutAsync(grain, null), null);
        }

        var caller = Caller.AddressOf(http);
        var units = (await grain.GetSizeAsync())?.Units ?? 0;
        if (limits.Value.MaxPendingUnits is var most && units > most)
        {
            return (null, new Problem(Problems.TooManyUnits, string.Create(CultureInfo.InvariantCulture, $"An order without an API key may have {most} units."))
            {
                IsDecidedAnew = true,
            });
        }

        if (!TryAdd(caller, cart, units))
        {
            await RemoveSettledAsync(caller);
            if (!TryAdd(caller, cart, units))
            {
                return (null, new Problem(Problems.TooManyUnpaidOrders));
            }
        }

        // After a fault the order may exist, so the hold stays until the cart is found without a checkout.
        CheckoutResult? result = null;
        try
        {
            // The cart may grow after its units were counted.
            result = await checkOutAsync(grain, units);
        }
        finally
        {
            End(caller, cart, isUnpaid: result is null or CheckoutResult.Placed { Order.Status: OrderStatus.Pending });
        }

        return (result, null);
    }

    private bool TryAdd(string caller, CartId cart, long units)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            Sweep(now);
            var own = HoldsOf(caller, now);
            var others = own.Where(hold => hold.Key != cart).Select(static hold => hold.Value.Units).ToArray();
            if (others.Length >= limits.Value.MaxPendingOrders || others.Sum() + units > limits.Value.MaxPendingUnits)
            {
                return false;
            }

            own[cart] = new Hold(units, now, IsRunning: true);
            _holds[caller] = own;
            return true;
        }
    }

    private async Task RemoveSettledAsync(string caller)
    {
        CartId[] held;
        lock (_lock)
        {
            held = [.. HoldsOf(caller, clock.GetTimestamp()).Where(static hold => !hold.Value.IsRunning).Select(static hold => hold.Key)];
        }

        foreach (var cart in held)
        {
            if (await grains.Cart(cart).GetSizeAsync() is not { Status: CartStatus.CheckingOut })
            {
                End(caller, cart, isUnpaid: false);
            }
        }
    }

    private void End(string caller, CartId cart, bool isUnpaid)
    {
        lock (_lock)
        {
            if (!_holds.TryGetValue(caller, out var own) || !own.TryGetValue(cart, out var hold))
            {
                return;
            }

            if (isUnpaid)
            {
                own[cart] = hold with { IsRunning = false };
            }
            else if (own.Remove(cart) && own.Count == 0)
            {
                _holds.Remove(caller);
            }
        }
    }

    private Dictionary<CartId, Hold> HoldsOf(string caller, long now)
    {
        var own = _holds.GetValueOrDefault(caller) ?? [];
        foreach (var (cart, hold) in own)
        {
            if (clock.GetElapsedTime(hold.Since, now) > Lifetime)
            {
                own.Remove(cart);
            }
        }

        return own;
    }

    // For callers who do not return. Rarely, because it walks all holds.
    private void Sweep(long now)
    {
        if (clock.GetElapsedTime(_swept, now) <= Lifetime)
        {
            return;
        }

        _swept = now;
        foreach (var caller in _holds.Keys)
        {
            if (HoldsOf(caller, now).Count == 0)
            {
                _holds.Remove(caller);
            }
        }
    }

    private sealed record Hold(long Units, long Since, bool IsRunning);
}
