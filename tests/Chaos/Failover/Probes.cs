using System.Collections.Concurrent;
using System.Globalization;
using ActorShop.Chaos.Workload;

namespace ActorShop.Chaos.Failover;

/// <summary>Ordinary callers, each of a cart of its own: they ask for it, repeat the request until it is answered, rest a moment, and ask again.</summary>
/// <remarks>
/// Nobody knows which silo has which cart. With some hundreds of them every silo has many, and those of a silo that dies are the ones that notice.
/// </remarks>
/// <param name="way">How requests get to the shop.</param>
/// <param name="server">The address that they are made for.</param>
/// <param name="carts">The carts.</param>
/// <param name="pause">How long a caller rests.</param>
/// <param name="observations">The time.</param>
/// <param name="clock">The same, to wait by.</param>
internal sealed class Probes(HttpMessageInvoker way, Uri server, IReadOnlyList<string> carts, TimeSpan pause, Observations observations, TimeProvider clock)
{
    // A caller asks again soon, as the shop's own tool does.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<ProbeCall> _calls = new();
    private readonly TimeSpan[] _openSince = new TimeSpan[carts.Count];

    /// <summary>Asks until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, carts.Count).Select(index => RunAsync(index, cancellationToken)));

    /// <summary>The calls that ended after a moment.</summary>
    public IReadOnlyList<ProbeCall> Since(TimeSpan moment) => [.. _calls.Where(call => call.Ended >= moment)];

    /// <summary>Waits until every caller was answered well for a while.</summary>
    /// <param name="calm">For how long.</param>
    /// <param name="limit">When to give up waiting, since the run began.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether they were.</returns>
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

    /// <summary>Forgets what was.</summary>
    public void Forget() => _calls.Clear();

    private async Task RunAsync(int index, CancellationToken cancellationToken)
    {
        // Not all at the same instant.
        await Task.Delay(pause * ((double)index / carts.Count), clock, cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            var (began, failed) = (observations.Now, 0);
            _openSince[index] = began;
            while (!await TryAsync(carts[index], cancellationToken))
            {
                failed++;
                if (observations.Now - began > Patience)
                {
                    break;
                }

                await Task.Delay(Again, clock, cancellationToken);
            }

            _openSince[index] = default;
            _calls.Enqueue(new ProbeCall(index, began, observations.Now, failed, observations.Now - began > Patience));
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(string cart, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, string.Create(CultureInfo.InvariantCulture, $"/v1/carts/{cart}")));
        try
        {
            using var response = await way.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>A call of a cart, from the first attempt to the answer.</summary>
/// <param name="Cart">Which cart.</param>
/// <param name="Began">When it was made.</param>
/// <param name="Ended">When it was answered.</param>
/// <param name="Failed">Attempts that were not.</param>
/// <param name="IsGivenUp">Whether none was.</param>
internal readonly record struct ProbeCall(int Cart, TimeSpan Began, TimeSpan Ended, int Failed, bool IsGivenUp)
{
    /// <summary>What a caller would not call slow on a busy machine.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    /// <summary>Whether its caller noticed that something was wrong.</summary>
    public bool IsNoticed => Failed > 0 || Ended - Began > Noticed;
}
