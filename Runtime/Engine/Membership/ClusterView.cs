using System.Collections.Frozen;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>Who is a member, as of one version of the table. Immutable; all silos see the same view under the same version.</summary>
internal sealed class ClusterView
{
    private readonly FrozenDictionary<SiloAddress, Member> _byAddress;

    public ClusterView(MembershipTableData data)
    {
        Version = data.Version.Version;
        Members = [.. data.Members.Select(static row => new Member(row.Item1)).OrderBy(static member => member.Address)];
        Active = [.. Members.Where(static member => member.Status == SiloStatus.Active).Select(static member => member.Address)];
        Living = [.. Members
            .Where(static member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping)
            .Select(static member => member.Address)];
        Ring = new DirectoryRing(Active);
        _byAddress = Members.ToFrozenDictionary(static member => member.Address);
    }

    /// <summary>Nobody, before the first look at the table.</summary>
    public static ClusterView None { get; } = new(new MembershipTableData(new TableVersion(-1, "")));

    /// <summary>The version of the table.</summary>
    public int Version { get; }

    /// <summary>All rows, the dead among them, by address.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>Those that own ranges and take new activations.</summary>
    public IReadOnlyList<SiloAddress> Active { get; }

    /// <summary>Those that may have activations: the active ones, and those that are leaving.</summary>
    public IReadOnlyList<SiloAddress> Living { get; }

    /// <summary>Who owns which part of the directory.</summary>
    public DirectoryRing Ring { get; }

    /// <summary>What is known of a silo; <see cref="SiloStatus.None"/> where it is not in the table.</summary>
    public SiloStatus StatusOf(SiloAddress silo) => _byAddress.TryGetValue(silo, out var member) ? member.Status : SiloStatus.None;

    /// <summary>Whether there is a silo whom another cannot reach.</summary>
    public bool HasSuspects => Members.Any(static member => member is { Status: SiloStatus.Active, Suspects.Count: > 0 });

    /// <summary>Those who have noted that they cannot reach a silo.</summary>
    public IReadOnlyList<SiloAddress> SuspectsOf(SiloAddress silo) => _byAddress.TryGetValue(silo, out var member) ? member.Suspects : [];

    /// <summary>Whether a silo may have activations.</summary>
    public bool IsLiving(SiloAddress silo) => StatusOf(silo) is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping;

    public override string ToString() => $"view {Version}: {string.Join(", ", Members)}";
}

/// <summary>A silo in a view.</summary>
internal sealed class Member(MembershipEntry entry)
{
    public SiloAddress Address { get; } = entry.SiloAddress;

    public string Name { get; } = entry.SiloName;

    public SiloStatus Status { get; } = entry.Status;

    public int ProxyPort { get; } = entry.ProxyPort;

    /// <summary>Who cannot reach it, by their own word; of one that is dead, who has declared it so.</summary>
    public IReadOnlyList<SiloAddress> Suspects { get; } = [.. (entry.SuspectTimes ?? []).Select(static suspicion => suspicion.Item1).Distinct()];

    public override string ToString() => $"{Address} {Status}";
}
