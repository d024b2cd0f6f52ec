using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Directory;

/// <summary>How entries come to their owner when the view changes.</summary>
/// <remarks>
/// <para>A new owner asks every living silo, the old owner among them, for its activations in what it has gained; each answers
/// under the same view or a newer one, after which it enters nothing under an older one. So one way serves a silo that joins, one that
/// leaves in order and one that has died, whose lease is over by then.</para>
/// <para>What was kept: an owner may miss views between two looks. It knows all silos that can have been active meanwhile (those
/// that were, those that are, and those that came and went, which the table still shows); what it owns in the ring of all of
/// them it has owned all the time.</para>
/// </remarks>
internal sealed partial class GrainDirectory
{
    private const int EntriesPerAnswer = 2_000;

    // Who can have been active since all entries were last complete; null where they never were.
    private SortedSet<SiloAddress>? _since;
    private DirectoryRing? _sinceRing;
    private DirectoryRing? _askedRing;
    private IReadOnlyList<SiloAddress> _askedSilos = [];
    private bool _complete;
    private TaskCompletionSource _handOver = new();

    /// <summary>Whether all entries that this silo owns are here.</summary>
    public bool IsSettled => _complete || !View.Active.Contains(Self);

    /// <summary>The view has changed: drops what is not owned any more, and asks for what is owned now.</summary>
    public void OnView(ClusterView old, ClusterView view)
    {
        var dead = view.Members.Where(member => member.Status == SiloStatus.Dead && old.StatusOf(member.Address) != SiloStatus.Dead);
        foreach (var member in dead)
        {
            DropCached(member.Address);
            _sealed.Remove(member.Address);
        }

        // What was asked under the old view has to be asked again under this one.
        link.GiveUp(static (_, _) => true);
        if (!view.Active.Contains(Self))
        {
            _entries.Clear();
            (_since, _sinceRing, _complete) = (null, null, false);
            EndHandOver();
            return;
        }

        SiloAddress[] cameAndWent =
        [
            .. view.Members
                .Where(member => member.Status.IsTerminating() && old.StatusOf(member.Address) is < SiloStatus.Active)
                .Select(static member => member.Address),
        ];
        if (_complete && cameAndWent.Length == 0 && old.Active.SequenceEqual(view.Active))
        {
            DropDead(view);
            return;
        }

        if (_complete)
        {
            _since = [.. old.Active];
        }

        _complete = false;
        _since?.UnionWith(view.Active);
        _since?.UnionWith(cameAndWent);
        _sinceRing = _since is null ? null : new DirectoryRing(_since);
        DropDead(view);
        EndHandOver();
        _ = TakeOverAsync(view);
    }

    private bool IsComplete(GrainId grain) => _complete || Self.Equals(_sinceRing?.OwnerOf(grain));

    private void DropDead(ClusterView view)
    {
        foreach (var (grain, _) in _entries
            .Where(pair => !view.IsLiving(pair.Value.Silo) || !Self.Equals(view.Ring.OwnerOf(pair.Key)) || !IsComplete(pair.Key))
            .ToArray())
        {
            _entries.Remove(grain);
        }
    }

    private void EndHandOver()
    {
        var ended = _handOver;
        _handOver = new TaskCompletionSource();
        ended.TrySetResult();
    }

    private async Task TakeOverAsync(ClusterView view)
    {
        IReadOnlyList<SiloAddress> since = _since is null ? [] : [.. _since];
        var ring = _sinceRing;
        var reports = view.Living
            .Where(silo => !silo.Equals(Self))
            .Select(silo => CollectAsync(view, silo, since))
            .ToArray();
        foreach (var (grain, activation) in _mine)
        {
            if (Self.Equals(view.Ring.OwnerOf(grain)) && !Self.Equals(ring?.OwnerOf(grain)))
            {
                Enter(grain, new Registration(Self, activation.Number));
            }
        }

        foreach (var report in reports)
        {
            await report;
        }

        if (!ReferenceEquals(View, view))
        {
            return;
        }

        _complete = true;
        LogTakenOver(view, _entries.Count);
        EndHandOver();
    }

    private async Task CollectAsync(ClusterView view, SiloAddress silo, IReadOnlyList<SiloAddress> since)
    {
        for (var from = 0L; ReferenceEquals(View, view) && !membership.IsDead;)
        {
            var answer = await link.AskAsync(
                silo,
                new SystemMessage(SystemKind.Collect) { Version = view.Version, Silos = since, Activation = from },
                Patience);
            if (!ReferenceEquals(View, view))
            {
                return;
            }

            if (answer is not { Answer: SystemAnswer.Done })
            {
                if (answer is { Answer: SystemAnswer.Elsewhere })
                {
                    await membership.AtLeastAsync(answer.Version);
                }

                await Task.Delay(Pause, time);
                continue;
            }

            foreach (var entry in answer.Entries)
            {
                Enter(entry.Grain, new Registration(silo, entry.Activation));
                from = entry.Activation;
            }

            if (answer.Entries.Count < EntriesPerAnswer)
            {
                return;
            }
        }
    }

    private async Task<SystemMessage> ServeCollectAsync(SiloAddress from, SystemMessage message)
    {
        await membership.AtLeastAsync(message.Version);
        if (View.Version != message.Version)
        {
            return Answer(SystemAnswer.Elsewhere);
        }

        if (!_askedSilos.SequenceEqual(message.Silos))
        {
            (_askedSilos, _askedRing) = (message.Silos, new DirectoryRing(message.Silos));
        }

        var ring = message.Silos.Count == 0 ? null : _askedRing;
        return Answer(SystemAnswer.Done) with
        {
            Entries =
            [
                .. _mine
                    .Where(pair => pair.Value.Number > message.Activation
                        && from.Equals(View.Ring.OwnerOf(pair.Key))
                        && !from.Equals(ring?.OwnerOf(pair.Key)))
                    .OrderBy(static pair => pair.Value.Number)
                    .Take(EntriesPerAnswer)
                    .Select(static pair => new DirectoryEntry(pair.Key, pair.Value.Number)),
            ],
        };
    }

    private void Enter(GrainId grain, Registration registration)
    {
        if (!_entries.TryGetValue(grain, out var known) || known == registration)
        {
            _entries[grain] = registration;
            return;
        }

        LogTwice(grain, known.Silo, registration.Silo);
        var eviction = new SystemMessage(SystemKind.Evict) { Grain = grain, Activation = registration.Activation, Silo = known.Silo };
        if (registration.Silo.Equals(Self))
        {
            ServeEvict(eviction);
        }
        else
        {
            link.Tell(registration.Silo, eviction);
        }
    }

    private void ServeEvict(SystemMessage message)
    {
        if (_mine.TryGetValue(message.Grain, out var activation) && activation.Number == message.Activation)
        {
            _mine.Remove(message.Grain);
            Evicted?.Invoke(activation, message.Silo ?? Self);
        }
    }
}
