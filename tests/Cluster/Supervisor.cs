using System.Collections.Concurrent;

namespace ActorShop.Cluster;

/// <summary>Restarts processes that ended by themselves, as Docker and Kubernetes do: a silo that was evicted while it was paused ends when it resumes.</summary>
/// <remarks>Processes that were killed or stopped through <see cref="LocalCluster"/> stay down until they are started again.</remarks>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly LocalCluster _cluster;
    private readonly TimeProvider _clock;
    private readonly Action<string> _tell;
    private readonly ConcurrentQueue<string> _restarted = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private Supervisor(LocalCluster cluster, TimeProvider clock, Action<string> tell)
    {
        (_cluster, _clock, _tell) = (cluster, clock, tell);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Watches a cluster, and reports each restart in a line.</summary>
    public static Supervisor Of(LocalCluster cluster, TimeProvider clock, Action<string> tell) => new(cluster, clock, tell);

    /// <summary>The names of the processes that were restarted since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        var names = new List<string>();
        while (_restarted.TryDequeue(out var name))
        {
            names.Add(name);
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            foreach (var member in _cluster.State.Members.Where(static member => member is { IsStopped: false, Condition: ProcessCondition.Gone }))
            {
                _tell($"{member.Name} ended by itself; starting it again");
                try
                {
                    await _cluster.RestartAsync(member.Name, _stop.Token);
                    _restarted.Enqueue(member.Name);
                }
                catch (ClusterException)
                {
                    // Another process has started it.
                }
            }

            await Task.Delay(Interval, _clock, _stop.Token);
        }
    }
}
