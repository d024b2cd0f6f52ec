using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Lifecycle;

/// <summary>The stages of one activation.</summary>
internal sealed class GrainLifecycle : StagedLifecycle, IGrainLifecycle;

/// <summary>The stages of a silo.</summary>
internal sealed class SiloLifecycle : StagedLifecycle, ISiloLifecycleSubject
{
    /// <inheritdoc/>
    public int HighestCompletedStage => Highest ?? int.MinValue;

    /// <inheritdoc/>
    public int LowestStoppedStage => Lowest ?? int.MaxValue;
}

/// <summary>Runs observers by stage: upwards to start, downwards to stop, those of one stage together.</summary>
internal abstract class StagedLifecycle : ILifecycleSubject
{
    private readonly List<Entry> _entries = [];

    /// <summary>The highest stage that has started.</summary>
    protected int? Highest { get; private set; }

    /// <summary>The lowest stage that has stopped.</summary>
    protected int? Lowest { get; private set; }

    /// <inheritdoc/>
    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var entry = new Entry(this, stage, observer);
        _entries.Add(entry);
        return entry;
    }

    /// <inheritdoc/>
    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        foreach (var stage in StagesUpwards())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(_entries.Where(entry => entry.Stage == stage).Select(entry => entry.Observer.OnStart(cancellationToken)));
            Highest = stage;
        }
    }

    /// <inheritdoc/>
    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        // A failure of one does not keep the others from stopping; the first one is told in the end.
        Exception? failure = null;
        foreach (var stage in StagesUpwards().Where(stage => stage <= Highest).Reverse())
        {
            try
            {
                await Task.WhenAll(_entries.Where(entry => entry.Stage == stage).Select(entry => entry.Observer.OnStop(cancellationToken)));
            }
            catch (Exception exception)
            {
                failure ??= exception;
            }

            Lowest = stage;
        }

        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    private int[] StagesUpwards() => [.. _entries.Select(static entry => entry.Stage).Distinct().Order()];

    private sealed class Entry(StagedLifecycle owner, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage { get; } = stage;

        public ILifecycleObserver Observer { get; } = observer;

        public void Dispose() => owner._entries.Remove(this);
    }
}
