using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Directory;

/// <summary>The entries that this silo owns.</summary>
internal sealed partial class GrainDirectory
{
    private readonly Dictionary<GrainId, Registration> _entries = [];
    private int _waiting;

    /// <summary>The entries owned here, for figures and checkers.</summary>
    public IReadOnlyDictionary<GrainId, Registration> Entries => _entries;

    /// <summary>Answers another silo, or this one.</summary>
    public async Task<SystemMessage?> ServeAsync(SiloAddress from, SystemMessage message)
    {
        switch (message.Kind)
        {
            case SystemKind.Unregister:
                ServeUnregister(from, message);
                return null;
            case SystemKind.Moved when message.Silo is { } silo:
                Remember(message.Grain, silo);
                return null;
            case SystemKind.Evict:
                ServeEvict(message);
                return null;
            case SystemKind.Collect:
                return await ServeCollectAsync(from, message);
            case SystemKind.Seal:
                return await ServeSealAsync(from, message);
            default:
                return await ServeOwnedAsync(from, message);
        }
    }

    private async Task<SystemMessage> ServeOwnedAsync(SiloAddress from, SystemMessage message)
    {
        if (View.Version < message.Version)
        {
            await membership.AtLeastAsync(message.Version);
        }

        while (true)
        {
            if (!Self.Equals(View.Ring.OwnerOf(message.Grain)))
            {
                return Answer(SystemAnswer.Elsewhere);
            }

            if (IsComplete(message.Grain))
            {
                break;
            }

            if (_waiting >= limits.DirectoryWaiters)
            {
                return Answer(SystemAnswer.Later);
            }

            _waiting++;
            await _handOver.Task;
            _waiting--;
        }

        return message.Kind == SystemKind.Register ? ServeRegister(from, message) : ServeLocate(message);
    }

    private SystemMessage ServeRegister(SiloAddress from, SystemMessage message)
    {
        if (View.StatusOf(from) != SiloStatus.Active)
        {
            // Who is leaving gets nothing new; who is dead gets nothing at all.
            return Answer(SystemAnswer.Elsewhere);
        }

        if (!_entries.TryGetValue(message.Grain, out var known)
            || !View.IsLiving(known.Silo)
            || (known.Silo.Equals(from) && known.Activation == message.Previous))
        {
            _entries[message.Grain] = known = new Registration(from, message.Activation);
        }

        return Answer(SystemAnswer.Done) with { Silo = known.Silo, Activation = known.Activation };
    }

    private SystemMessage ServeLocate(SystemMessage message) =>
        _entries.TryGetValue(message.Grain, out var known) && View.IsLiving(known.Silo)
            ? Answer(SystemAnswer.Done) with { Silo = known.Silo, Activation = known.Activation }
            : Answer(SystemAnswer.Done);

    private void ServeUnregister(SiloAddress from, SystemMessage message)
    {
        if (_entries.TryGetValue(message.Grain, out var known) && known.Silo.Equals(from) && known.Activation == message.Activation)
        {
            _entries.Remove(message.Grain);
        }
    }

    private async Task<SystemMessage> ServeSealAsync(SiloAddress from, SystemMessage message)
    {
        await membership.AtLeastAsync(message.Version);
        _sealed.Add(from);
        DropCached(from);
        foreach (var (grain, _) in _entries.Where(pair => pair.Value.Silo.Equals(from)).ToArray())
        {
            _entries.Remove(grain);
        }

        return Answer(SystemAnswer.Done);
    }

    private void DropCached(SiloAddress silo)
    {
        foreach (var (grain, _) in _cache.Where(pair => pair.Value.Equals(silo)).ToArray())
        {
            Forget(grain, silo);
        }
    }

    private SystemMessage Answer(SystemAnswer answer) => new(SystemKind.Answer) { Answer = answer, Version = View.Version };
}

/// <summary>An entry of the directory.</summary>
/// <param name="Silo">Where the grain is active.</param>
/// <param name="Activation">Which activation of that silo.</param>
internal readonly record struct Registration(SiloAddress Silo, long Activation);
