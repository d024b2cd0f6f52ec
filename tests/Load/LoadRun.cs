using System.Globalization;

namespace ActorShop.Load;

/// <summary>A closed loop: each client asks again once it was answered, so the load is what the server bears.</summary>
internal sealed class LoadRun(LoadMix mix, TimeSpan warmUp, TimeSpan? duration, long? count, TimeProvider clock)
{
    private long _rounds;
    private long _measured;

    /// <summary>Rounds done, warm-up among them.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>Runs the clients and sums what they saw.</summary>
    public async Task<LoadResult> RunAsync(IReadOnlyList<LoadClient> clients, CancellationToken cancellationToken)
    {
        var recorders = clients.Select(static _ => new LatencyRecorder()).ToArray();
        var begin = clock.GetTimestamp();
        await Task.WhenAll(clients.Select((client, i) => Task.Run(
            () => LoopAsync(client, recorders[i], begin, cancellationToken), CancellationToken.None)));
        var elapsed = clock.GetElapsedTime(begin) - warmUp;
        return LoadResult.Of(mix, clients.Count, elapsed, Rounds, recorders);
    }

    private async Task LoopAsync(LoadClient client, LatencyRecorder recorder, long begin, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var elapsed = clock.GetElapsedTime(begin);
            var isWarm = elapsed >= warmUp;
            if (elapsed - warmUp >= duration || (isWarm && count is not null && Interlocked.Increment(ref _measured) > count))
            {
                return;
            }

            await client.RunAsync(mix, isWarm ? recorder : null, cancellationToken);
            Interlocked.Increment(ref _rounds);
        }
    }
}

/// <summary>What came out of a load run.</summary>
/// <param name="Mix">What was done.</param>
/// <param name="Clients">By how many.</param>
/// <param name="Seconds">For how long, warm-up excluded.</param>
/// <param name="Rounds">Rounds done, those of the warm-up among them.</param>
/// <param name="Operations">The latencies, by operation, and all together first.</param>
/// <param name="Errors">What went wrong and how often.</param>
internal sealed record LoadResult(
    string Mix, int Clients, double Seconds, long Rounds, IReadOnlyList<LatencySummary> Operations, IReadOnlyDictionary<string, int> Errors)
{
    public static LoadResult Of(LoadMix mix, int clients, TimeSpan elapsed, long rounds, IReadOnlyList<LatencyRecorder> recorders)
    {
        var samples = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        var errors = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var recorder in recorders)
        {
            foreach (var (operation, list) in recorder.Samples)
            {
                samples.TryAdd(operation, []);
                samples[operation].AddRange(list);
            }

            foreach (var (error, count) in recorder.Errors)
            {
                errors[error] = errors.GetValueOrDefault(error) + count;
            }
        }

        List<double> all = [.. samples.Values.SelectMany(static list => list)];
        return new LoadResult(
            mix.ToString().ToLower(CultureInfo.InvariantCulture), clients, elapsed.TotalSeconds, rounds,
            [LatencySummary.Of("all", all, elapsed), .. samples.Select(pair => LatencySummary.Of(pair.Key, pair.Value, elapsed))], errors);
    }
}
