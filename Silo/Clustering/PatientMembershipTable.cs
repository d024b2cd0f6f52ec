using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Clustering;

/// <summary>The membership table, which refuses votes of this silo against a member that is still starting.</summary>
/// <remarks>
/// A starting process compiles its code, and on a busy machine it misses probes meanwhile. Orleans takes a refused update for a lost race: it
/// drops the vote, and votes again after the next missed probe. A member counts as starting by its own clock and by this silo's, so that a
/// wrong clock elsewhere does not keep a dead member alive.
/// </remarks>
internal sealed class PatientMembershipTable(
    IMembershipTable table, ILocalSiloDetails silo, IOptions<FailureDetectionOptions> options, TimeProvider clock) : IMembershipTable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(1);

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

    public async Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        !(IsOfAnother(entry) && IsStarting(entry) && await MayLiveAsync(entry.SiloAddress.Endpoint, cancellationToken))
        && await table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);

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

    // The kernel accepts connections for a process that is slow or paused, and refuses them once it has died: that vote must not wait. A member
    // whose machine or network is lost within the grace does not refuse, and is evicted when the grace ends.
    private static async Task<bool> MayLiveAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).AsTask().WaitAsync(ConnectLimit, cancellationToken);
            return true;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode is not SocketError.ConnectionRefused;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    // A row with this silo's own address is its own, or that of the silo that ran here before it.
    private bool IsOfAnother(MembershipEntry entry) => !entry.SiloAddress.Endpoint.Equals(silo.SiloAddress.Endpoint);

    private bool IsStarting(MembershipEntry entry)
    {
        var grace = options.Value.StartGrace;
        return clock.GetUtcNow().UtcDateTime - entry.StartTime < grace
            && _firstSeen.TryGetValue(entry.SiloAddress, out var seen)
            && clock.GetElapsedTime(seen) < grace;
    }
}
