using System.Collections.Concurrent;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Failover;

/// <summary>Callers of one cart each: they read it, repeat the request until it is answered, pause, and read it again.</summary>
/// <remarks>With some hundred carts every silo has many of them, and the callers of a lost silo's carts are the ones that notice.</remarks>
/// <param name="shop">The shop.</param>
/// <param name="carts">The carts.</param>
/// <param name="pause">The pause of a caller after an answer.</param>
/// <param name="observations">The time since the start of the run.</param>
/// <param name="clock">The clock.</param>
internal sealed class Probes(IShop shop, IReadOnlyList<string> carts, TimeSpan pause, Observations observations, TimeProvider clock)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<ProbeCall> _calls = new();
    private readonly TimeSpan[] _openSince = new TimeSpan[carts.Count];

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, carts.Count).Select(index => RunAsync(index, cancellationToken)));

    public IReadOnlyList<ProbeCall> Since(TimeSpan moment) => [.. _calls.Where(call => call.Ended >= moment)];

    /// <summary>Waits until no caller has noticed anything for a while.</summary>
    /// <param name="calm">The while.</param>
    /// <param name="limit">When to stop waiting, since the start of the run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether that happened before the limit.</returns>
    public async Task<bool> WaitUntilCalmAsync(TimeSpan calm, TimeSpan limit, CancellationToken cancellationToken)
    {
        for (var from = observations.Now; observations.Now < limit;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
            var now = observations.Now;
            var isLate = Array.Exists(_openSince, since => since != default && now - since > ProbeCall.Noticed);
            if (isLate || Since(from).Any(static call => call.IsNoticed))
            {
                from = now;
            }
            else if (now - from >= calm && Since(from).Select(static call => call.Cart).Distinct().Count() == carts.Count)
            {
                return true;
            }
        }

        return false;
    }

    public void Forget() => _calls.Clear();

    private async Task RunAsync(int index, CancellationToken cancellationToken)
    {
        // Spreads the callers over the pause.
        await Task.Delay(pause * ((double)index / carts.Count), clock, cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            var (began, failed) = (observations.Now, 0);
            _openSince[index] = began;
            var call = new ShopCall(CallKind.ReadCart) { Cart = carts[index] };
            while (!(await shop.SendAsync(call, cancellationToken)).IsFine)
            {
                failed++;
                if (observations.Now - began > Patience)
                {
                    break;
                }

                await Task.Delay(RetryPause, clock, cancellationToken);
            }

            _openSince[index] = default;
            _calls.Enqueue(new ProbeCall(index, began, observations.Now, failed, observations.Now - began > Patience));
            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
