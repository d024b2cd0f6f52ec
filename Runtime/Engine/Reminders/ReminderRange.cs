using Orleans.Runtime;

namespace ActorShop.Runtime.Reminders;

/// <summary>The hashes of grains whose reminders one silo keeps: after <paramref name="Begin"/>, up to and with <paramref name="End"/>.</summary>
/// <param name="Begin">Not part of it. The same as the end: all of them.</param>
/// <param name="End">Part of it.</param>
/// <param name="IsEmpty">Whether there are none.</param>
internal readonly record struct ReminderRange(uint Begin, uint End, bool IsEmpty)
{
    /// <summary>All hashes.</summary>
    public static ReminderRange All { get; } = new(0, 0, IsEmpty: false);

    /// <summary>The share of one of the active silos, which are in the order of their addresses; nothing for any other.</summary>
    public static ReminderRange Of(SiloAddress silo, IReadOnlyList<SiloAddress> active)
    {
        var index = active.TakeWhile(other => !other.Equals(silo)).Count();
        if (index == active.Count)
        {
            return new(0, 0, IsEmpty: true);
        }

        var share = (1UL << 32) / (ulong)active.Count;
        return active.Count == 1
            ? All
            : new((uint)(share * (ulong)index), index == active.Count - 1 ? 0 : (uint)(share * ((ulong)index + 1)), IsEmpty: false);
    }

    /// <summary>Whether a grain's reminders belong to it.</summary>
    public bool Contains(GrainId grain)
    {
        var hash = grain.GetUniformHashCode();
        return !IsEmpty && (Begin < End ? hash > Begin && hash <= End : hash > Begin || hash <= End);
    }
}
