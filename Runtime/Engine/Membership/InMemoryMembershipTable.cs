using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>Membership and leases in memory, for the silos of one process. Safe from any thread.</summary>
internal sealed class InMemoryMembershipTable : IMembershipTable, ILeaseTable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<SiloAddress, Row> _rows = [];
    private int _version;

    private TableVersion Version => new(_version, _version.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_lock)
        {
            _rows.Clear();
            _version = 0;
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        lock (_lock)
        {
            foreach (var row in _rows.Values.Where(row => row.Entry.Status != SiloStatus.Active && row.Entry.IAmAliveTime < beforeDate.UtcDateTime).ToArray())
            {
                _rows.Remove(row.Entry.SiloAddress);
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (_lock)
        {
            return Task.FromResult(Read(row => row.Entry.SiloAddress.Equals(key)));
        }
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll()
    {
        lock (_lock)
        {
            return Task.FromResult(Read(static _ => true));
        }
    }

    /// <inheritdoc/>
    public Task<LeaseTableData> ReadAllAsync()
    {
        lock (_lock)
        {
            var renewals = _rows.ToDictionary(static row => row.Key, static row => row.Value.Renewal);
            return Task.FromResult(new LeaseTableData(Read(static _ => true), renewals));
        }
    }

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        lock (_lock)
        {
            return Task.FromResult(IsCurrent(tableVersion) && _rows.TryAdd(entry.SiloAddress, new Row(entry.Copy())) && Advance());
        }
    }

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        lock (_lock)
        {
            if (!IsCurrent(tableVersion) || !_rows.TryGetValue(entry.SiloAddress, out var row))
            {
                return Task.FromResult(false);
            }

            row.Entry = entry.Copy();
            return Task.FromResult(Advance());
        }
    }

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(entry.SiloAddress, out var row))
            {
                row.Entry.IAmAliveTime = entry.IAmAliveTime;
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(SiloAddress silo, DateTime now)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(silo, out var row) || row.Entry.Status == SiloStatus.Dead)
            {
                return Task.FromResult(false);
            }

            row.Renewal++;
            row.Entry.IAmAliveTime = now;
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(SiloAddress silo, long renewal, SiloAddress declaredBy, DateTime now)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(silo, out var row) || row.Entry.Status == SiloStatus.Dead || row.Renewal != renewal)
            {
                return Task.FromResult(false);
            }

            row.Entry.Status = SiloStatus.Dead;
            row.Entry.AddSuspector(declaredBy, now);
            return Task.FromResult(Advance());
        }
    }

    private bool IsCurrent(TableVersion version) =>
        string.Equals(version.VersionEtag, Version.VersionEtag, StringComparison.Ordinal);

    private bool Advance()
    {
        _version++;
        return true;
    }

    private MembershipTableData Read(Func<Row, bool> which) =>
        new([.. _rows.Values.Where(which).Select(static row => Tuple.Create(row.Entry.Copy(), ""))], Version);

    private sealed class Row(MembershipEntry entry)
    {
        public MembershipEntry Entry { get; set; } = entry;

        public long Renewal { get; set; }
    }
}
