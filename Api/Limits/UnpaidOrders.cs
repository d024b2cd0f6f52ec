using ActorShop.Carts;
using ActorShop.Orders;

namespace ActorShop.Api.Limits;

/// <summary>Orders of anonymous callers whose payment has no outcome yet. They reserve stock, so a caller may have only so many of them.</summary>
/// <remarks>Known to this process alone. An order leaves when its checkout ends, or when it is found settled once the caller is at its limit.</remarks>
internal sealed class UnpaidOrders(IGrainFactory grains, IOptions<LimitOptions> limits, TimeProvider clock)
{
    // By then the shop has given up on a payment and returned its stock.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Caller, OrderId Order), Hold> _holds = [];

    /// <summary>Runs a checkout, unless its caller has too many unpaid orders or units.</summary>
    public async Task<(CheckoutResult? Result, Problem? Refusal)> CheckOutAsync(
        HttpContext http, ICartGrain cart, OrderId order, CheckoutDetails details)
    {
        if (!limits.Value.Enabled || !Caller.IsAnonymous(http))
        {
            return (await cart.CheckoutAsync(order, details), null);
        }

        var hold = (Caller: Caller.AddressOf(http), Order: order);
        var units = (await cart.GetAsync())?.Items.Sum(static line => (long)line.Quantity) ?? 0;
        if (limits.Value.MaxPendingUnits is var most && units > most)
        {
            return (null, new Problem(Problems.TooManyUnits, string.Create(CultureInfo.InvariantCulture, $"An order without an API key may have {most} units."))
            {
                IsDecidedAnew = true,
            });
        }

        if (!TryAdd(hold, units))
        {
            await RemoveSettledAsync(hold.Caller);
            if (!TryAdd(hold, units))
            {
                return (null, new Problem(Problems.TooManyUnpaidOrders));
            }
        }

        // After a fault the order may exist, so the hold stays until it is found settled or missing.
        CheckoutResult? result = null;
        try
        {
            // The cart may grow after its units were counted.
            result = await cart.CheckoutAsync(order, details with { MaxUnits = units });
        }
        finally
        {
            End(hold, isUnpaid: result is null or CheckoutResult.Placed { Order.Status: OrderStatus.Pending });
        }

        return (result, null);
    }

    private bool TryAdd((string Caller, OrderId Order) key, long units)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            foreach (var (old, _) in _holds.Where(hold => clock.GetElapsedTime(hold.Value.Since, now) > Lifetime).ToArray())
            {
                _holds.Remove(old);
            }

            var others = _holds.Where(hold => string.Equals(hold.Key.Caller, key.Caller, StringComparison.Ordinal) && hold.Key.Order != key.Order).ToArray();
            if (others.Length >= limits.Value.MaxPendingOrders || others.Sum(static hold => hold.Value.Units) + units > limits.Value.MaxPendingUnits)
            {
                return false;
            }

            _holds[key] = new Hold(units, now, IsRunning: true);
            return true;
        }
    }

    private async Task RemoveSettledAsync(string caller)
    {
        (string Caller, OrderId Order)[] held;
        lock (_lock)
        {
            held = [.. _holds.Where(hold => string.Equals(hold.Key.Caller, caller, StringComparison.Ordinal) && !hold.Value.IsRunning).Select(static hold => hold.Key)];
        }

        foreach (var hold in held)
        {
            if (await grains.Order(hold.Order).GetAsync() is not { Status: OrderStatus.Pending })
            {
                End(hold, isUnpaid: false);
            }
        }
    }

    private void End((string, OrderId) key, bool isUnpaid)
    {
        lock (_lock)
        {
            if (!isUnpaid)
            {
                _holds.Remove(key);
            }
            else if (_holds.TryGetValue(key, out var hold))
            {
                _holds[key] = hold with { IsRunning = false };
            }
        }
    }

    private sealed record Hold(long Units, long Since, bool IsRunning);
}
