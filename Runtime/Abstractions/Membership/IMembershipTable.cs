using Orleans.Runtime;

namespace Orleans;

/// <summary>Where silos agree on who is a member: rows of silos under one version that grows with each change.</summary>
/// <remarks>
/// Each change is conditional on the version that its author has read, and takes the next one: so all silos see the same
/// sequence of views. Safe from any thread.
/// </remarks>
public interface IMembershipTable
{
    /// <summary>Makes the version row where it is missing.</summary>
    Task InitializeMembershipTable(bool tryInitTableVersion);

    /// <summary>Deletes all rows of a cluster.</summary>
    Task DeleteMembershipTableEntries(string clusterId);

    /// <summary>Deletes rows of silos that are not active and have not been alive since.</summary>
    Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate);

    /// <summary>Reads one silo and the version.</summary>
    Task<MembershipTableData> ReadRow(SiloAddress key);

    /// <summary>Reads all silos and the version, as they are at one moment.</summary>
    Task<MembershipTableData> ReadAll();

    /// <summary>Adds a silo.</summary>
    /// <param name="entry">The silo.</param>
    /// <param name="tableVersion">The next version; its ETag is that of the version that was read.</param>
    /// <returns>False, and no change, where the silo is there already or the version has moved on.</returns>
    Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion);

    /// <summary>Changes a silo.</summary>
    /// <param name="entry">The silo.</param>
    /// <param name="etag">The row's own ETag, as it was read.</param>
    /// <param name="tableVersion">The next version; its ETag is that of the version that was read.</param>
    /// <returns>False, and no change, where the row or the version has moved on.</returns>
    Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion);

    /// <summary>Notes that a silo lives. For eyes only: no version, no condition.</summary>
    Task UpdateIAmAlive(MembershipEntry entry);
}

/// <summary>The version of a membership table.</summary>
/// <param name="version">The number.</param>
/// <param name="eTag">What a change is conditional on.</param>
public sealed class TableVersion(int version, string eTag) : IEquatable<TableVersion>
{
    /// <summary>The number; it grows by one with each change.</summary>
    public int Version { get; } = version;

    /// <summary>What a change is conditional on.</summary>
    public string VersionEtag { get; } = eTag;

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(TableVersion? left, TableVersion? right) => Equals(left, right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(TableVersion? left, TableVersion? right) => !Equals(left, right);

    /// <summary>The version after this one, still conditional on this one.</summary>
    public TableVersion Next() => new(Version + 1, VersionEtag);

    /// <inheritdoc/>
    public bool Equals(TableVersion? other) =>
        other is not null && Version == other.Version && string.Equals(VersionEtag, other.VersionEtag, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => Version;

    /// <inheritdoc/>
    public override string ToString() => $"<{Version}, {VersionEtag}>";
}

/// <summary>What a membership table said at one moment.</summary>
public sealed class MembershipTableData
{
    /// <summary>These silos, with the ETags of their rows, under this version. A silo that is twice there is refused.</summary>
    public MembershipTableData(List<Tuple<MembershipEntry, string>> list, TableVersion version)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(version);

        // The living first, and one order in every process.
        Members = [.. list.OrderBy(static row => row.Item1.Status == SiloStatus.Dead).ThenBy(static row => row.Item1.SiloAddress)];
        Version = version;
    }

    /// <summary>One silo.</summary>
    public MembershipTableData(Tuple<MembershipEntry, string> tuple, TableVersion version)
        : this([tuple], version)
    {
    }

    /// <summary>No silo.</summary>
    public MembershipTableData(TableVersion version)
        : this([], version)
    {
    }

    /// <summary>The silos, with the ETags of their rows.</summary>
    public IReadOnlyList<Tuple<MembershipEntry, string>> Members { get; }

    /// <summary>The version under which they were read.</summary>
    public TableVersion Version { get; }

    /// <summary>One silo; null where it is not in the table.</summary>
    public Tuple<MembershipEntry, string>? TryGet(SiloAddress silo) => Members.FirstOrDefault(row => row.Item1.SiloAddress.Equals(silo));

    /// <inheritdoc/>
    public override string ToString() => $"{Version}: {string.Join(", ", Members.Select(static row => row.Item1))}";
}

/// <summary>A silo in the membership table.</summary>
public sealed class MembershipEntry
{
    /// <summary>Which silo, and which life of it.</summary>
    public SiloAddress SiloAddress { get; set; } = SiloAddress.Zero;

    /// <summary>How far its life has come.</summary>
    public SiloStatus Status { get; set; }

    /// <summary>Who has held it for dead, and when by that one's clock.</summary>
    public List<Tuple<SiloAddress, DateTime>>? SuspectTimes { get; set; }

    /// <summary>The port for clients; 0 where it takes none.</summary>
    public int ProxyPort { get; set; }

    /// <summary>The machine.</summary>
    public string HostName { get; set; } = "";

    /// <summary>What people call it.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>Orleans' role of cloud services; not used.</summary>
    public string? RoleName { get; set; }

    /// <summary>Orleans' update zone of cloud services; not used.</summary>
    public int UpdateZone { get; set; }

    /// <summary>Orleans' fault zone of cloud services; not used.</summary>
    public int FaultZone { get; set; }

    /// <summary>When it started, by its own clock.</summary>
    public DateTime StartTime { get; set; }

    /// <summary>When it last said that it lives, by its own clock. Never compared with another machine's clock.</summary>
    public DateTime IAmAliveTime { get; set; }

    /// <summary>Notes who holds it for dead.</summary>
    public void AddSuspector(SiloAddress suspectingSilo, DateTime suspectingTime) =>
        (SuspectTimes ??= []).Add(Tuple.Create(suspectingSilo, suspectingTime));

    /// <inheritdoc/>
    public override string ToString() => $"{SiloAddress} {SiloName} {Status}";

    /// <summary>An entry of its own with the same content.</summary>
    internal MembershipEntry Copy() => new()
    {
        SiloAddress = SiloAddress,
        Status = Status,
        SuspectTimes = SuspectTimes is null ? null : [.. SuspectTimes],
        ProxyPort = ProxyPort,
        HostName = HostName,
        SiloName = SiloName,
        RoleName = RoleName,
        UpdateZone = UpdateZone,
        FaultZone = FaultZone,
        StartTime = StartTime,
        IAmAliveTime = IAmAliveTime,
    };
}
