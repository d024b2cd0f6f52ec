using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Clustering;

/// <summary>The membership table, which refuses votes of this silo against a member that has just started.</summary>
/// <remarks>
/// A process that starts compiles its code, and on a busy machine it misses probes while it does. Orleans takes a refused update for one that another
/// silo was faster with: it drops the vote, and votes again after the next missed probe. A member counts as starting by its own clock and by
/// this silo's, so that a wrong clock elsewhere does not keep a dead member alive.
/// </remarks>
internal sealed class PatientMembershipTable(
    IMembershipTable table, ILocalSiloDetails silo, IOptions<FailureDetectionOptions> options, TimeProvider clock) : IMembershipTable
{
    private readonly ConcurrentDictionary<SiloAddress, long> _firstSeen = new();

    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken = default) =>
        table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        table.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken = default) =>
        table.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken);

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default) => table.ReadRowAsync(key, cancellationToken);

    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var all = await table.ReadAllAsync(cancellationToken);
        foreach (var (entry, _) in all.Members)
        {
            if (entry.Status is SiloStatus.Dead)
            {
                _firstSeen.TryRemove(entry.SiloAddress, out _);
            }
            else
            {
                _firstSeen.TryAdd(entry.SiloAddress, clock.GetTimestamp());
            }
        }

        return all;
    }

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        table.InsertRowAsync(entry, tableVersion, cancellationToken);

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        IsOfAnother(entry) && IsStarting(entry) ? Task.FromResult(false) : table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) => table.UpdateIAmAliveAsync(entry, cancellationToken);

    // The interface still has the older methods.
    public Task InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    public Task DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, CancellationToken.None);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    // What has this silo's own address is this silo, or what stood here before it.
    private bool IsOfAnother(MembershipEntry entry) => !entry.SiloAddress.Endpoint.Equals(silo.SiloAddress.Endpoint);

    private bool IsStarting(MembershipEntry entry)
    {
        var grace = options.Value.StartGrace;
        return clock.GetUtcNow().UtcDateTime - entry.StartTime < grace
            && _firstSeen.TryGetValue(entry.SiloAddress, out var seen)
            && clock.GetElapsedTime(seen) < grace;
    }
}
