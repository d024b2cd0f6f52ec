namespace ActorShop.Simulation;

/// <summary>Where each grain is. Among members a grain has one activation, as Orleans' distributed directory promises through joins, leaves and deaths.</summary>
/// <remarks>A silo that was declared dead and does not know it yet is no member: what it activates, it activates for itself.</remarks>
internal sealed class SimulatedDirectory(SimulatedMembership membership)
{
    private readonly Dictionary<GrainId, SiloRuntime> _entries = [];

    /// <summary>The silo that holds this part of the directory.</summary>
    public int OwnerOf(GrainId grain) => membership.Members is { Count: > 0 } members
        ? members[(int)(grain.GetUniformHashCode() % (uint)members.Count)].Process.Number
        : 0;

    public SiloRuntime? Find(GrainId grain) => _entries.GetValueOrDefault(grain);

    /// <summary>Enters an activation.</summary>
    /// <returns>The silo whose activation counts: the first one.</returns>
    public SiloRuntime Register(GrainId grain, SiloRuntime at)
    {
        if (!membership.IsMember(at))
        {
            return at;
        }

        if (!_entries.TryGetValue(grain, out var known))
        {
            _entries[grain] = known = at;
        }

        return known;
    }

    public void Unregister(GrainId grain, SiloRuntime at)
    {
        if (Find(grain) == at)
        {
            _entries.Remove(grain);
        }
    }

    public void RemoveAll(SiloRuntime dead)
    {
        foreach (var (grain, _) in _entries.Where(entry => entry.Value == dead).ToArray())
        {
            _entries.Remove(grain);
        }
    }
}
