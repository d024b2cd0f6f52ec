namespace ActorShop.Load;

/// <summary>A closed loop: each client sends its next request after the last answer, so the load is what the server can serve.</summary>
internal sealed class LoadRun(LoadMix mix, TimeSpan warmUp, TimeSpan? duration, long? count, TimeProvider clock)
{
    private long _rounds;
    private long _measured;

    /// <summary>Finished rounds, warm-up included.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

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
