using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Orleans;

namespace ActorShop.Runtime.Simulation;

/// <summary>A ready list from which the seed picks who runs next: the other half of the live turn sink.</summary>
/// <remarks>
/// Everything runs on the thread of the loop. Whoever comes from another thread has left the simulation, and the run is
/// worth nothing: it fails with the place where that happened.
/// </remarks>
internal sealed class SimulatedTurnSink(SimulatedTime time, Chance chance, SimulationTrace trace) : ITurnSink
{
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private readonly Thread _loop = Thread.CurrentThread;

    /// <summary>What was seen from another thread; null where nothing was.</summary>
    public Exception? Escape { get; private set; }

    public bool IsEmpty => _ready.Count == 0;

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem item)
    {
        if (!ReferenceEquals(Thread.CurrentThread, _loop))
        {
            Escape ??= new SimulationException(
                $"Work escaped to another thread, and came back to schedule {Name(item)}:{System.Environment.NewLine}{System.Environment.StackTrace}");
            throw Escape;
        }

        _ready.Add(item);
    }

    /// <summary>Runs one quantum of one of those that are ready.</summary>
    public void RunOne()
    {
        var picked = chance.Next(_ready.Count);
        var item = _ready[picked];

        // The last one takes the free place: which order that leaves is a function of the run alone.
        _ready[picked] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        trace.Add(time.Elapsed, Name(item), Identity(item), chance.Draws);
        item.Execute();
    }

    private static string Name(IThreadPoolWorkItem item) =>
        item is Activation activation ? activation.GrainId.ToString() : item.GetType().Name;

    private static ulong Identity(IThreadPoolWorkItem item) => item is Activation activation
        ? ((ulong)activation.GrainId.GetUniformHashCode() << 32) | (uint)activation.Number
        : StableHash.ComputeHash(item.GetType().Name);
}
