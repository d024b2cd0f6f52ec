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
    private readonly List<Ready> _ready = [];
    private readonly Thread _loop = Thread.CurrentThread;
    private readonly SimulatedNode _clients = new(number: -1, incarnation: 0);

    /// <summary>What was seen from another thread; null where nothing was.</summary>
    public Exception? Escape { get; private set; }

    public bool IsEmpty => _ready.Count == 0;

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem item) => Schedule(item, _clients);

    /// <summary>Schedules for one life of a silo.</summary>
    public void Schedule(IThreadPoolWorkItem item, SimulatedNode node)
    {
        if (!ReferenceEquals(Thread.CurrentThread, _loop))
        {
            Escape ??= new SimulationException(
                $"Work escaped to another thread, and came back to schedule {Name(item)}:{System.Environment.NewLine}{System.Environment.StackTrace}");
            throw Escape;
        }

        if (!node.IsDead)
        {
            Add(item, node);
        }
    }

    /// <summary>Runs one quantum of one of those that are ready.</summary>
    public void RunOne()
    {
        var picked = chance.Next(_ready.Count);
        var (item, node) = _ready[picked];

        // The last one takes the free place: which order that leaves is a function of the run alone.
        _ready[picked] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (node.IsDead || node.IsPaused)
        {
            Add(item, node);
            return;
        }

        trace.Add(time.Elapsed, node.Number < 0 ? Name(item) : $"{node} {Name(item)}", Identity(item) + Salt(node), chance.Draws);
        item.Execute();
    }

    private void Add(IThreadPoolWorkItem item, SimulatedNode node)
    {
        if (node.IsPaused)
        {
            node.Parked.Add(() => _ready.Add(new(item, node)));
        }
        else if (!node.IsDead)
        {
            _ready.Add(new(item, node));
        }
    }

    private static ulong Salt(SimulatedNode node) => node.Number < 0 ? 0 : ((ulong)node.Number << 8) + (ulong)node.Incarnation;

    private static string Name(IThreadPoolWorkItem item) =>
        item is Activation activation ? activation.GrainId.ToString() : item.GetType().Name;

    private static ulong Identity(IThreadPoolWorkItem item) => item is Activation activation
        ? ((ulong)activation.GrainId.GetUniformHashCode() << 32) | (uint)activation.Number
        : StableHash.ComputeHash(item.GetType().Name);

    private readonly record struct Ready(IThreadPoolWorkItem Item, SimulatedNode Node);
}
