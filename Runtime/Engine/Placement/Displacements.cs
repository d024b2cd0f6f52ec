using System.Collections.Concurrent;
using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Placement;

/// <summary>Grains that have left this silo for the sake of a caller of a newer version. Safe from any thread.</summary>
/// <remarks>
/// While the note stands they do not begin here again: calls of older versions that are still on their way here would bring them back, and the
/// newer ones would never find a silo that can run them.
/// </remarks>
internal sealed class Displacements(TimeProvider time)
{
    private const int MaxNotes = 10_000;

    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<GrainId, (InterfaceDemand Demand, long Since)> _notes = new(concurrencyLevel: 16, capacity: 16);
    private volatile bool _isEmpty = true;

    public void Add(GrainId grain, InterfaceDemand demand)
    {
        if (_notes.Count >= MaxNotes)
        {
            _notes.Clear();
        }

        _notes[grain] = (demand, time.GetTimestamp());
        _isEmpty = false;
    }

    public void Remove(GrainId grain) => _notes.TryRemove(grain, out _);

    /// <summary>Whether a grain has left, and for what.</summary>
    public bool TryGet(GrainId grain, out InterfaceDemand demand)
    {
        demand = default;
        if (_isEmpty || !_notes.TryGetValue(grain, out var note))
        {
            return false;
        }

        if (time.GetElapsedTime(note.Since) > Stands)
        {
            Remove(grain);
            _isEmpty = _notes.IsEmpty;
            return false;
        }

        demand = note.Demand;
        return true;
    }
}
