using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Membership;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Simulation;

/// <summary>What a simulated membership table does to those who use it. Chances are from 0 to 1, for each operation.</summary>
public sealed class SimulatedMembershipFaults
{
    /// <summary>The longest an operation takes; each takes a time up to it.</summary>
    /// <value>Five milliseconds.</value>
    public TimeSpan MaxLatency { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The chance that an operation fails without having happened.</summary>
    /// <value>None.</value>
    public double FailBefore { get; set; }

    /// <summary>The chance that a change happens and fails all the same.</summary>
    /// <value>None.</value>
    public double FailAfter { get; set; }

    /// <summary>The chance that an operation takes <see cref="Slow"/> longer.</summary>
    /// <value>None.</value>
    public double BeSlow { get; set; }

    /// <summary>How much longer a slow operation takes.</summary>
    /// <value>One and a half seconds.</value>
    public TimeSpan Slow { get; set; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>The silos, by their numbers, that cannot reach the table.</summary>
    public ISet<int> CutOff { get; } = new SortedSet<int>();

    /// <summary>Whether nobody can reach the table.</summary>
    public bool IsDown { get; set; }
}

/// <summary>One silo's way to the membership table.</summary>
internal sealed class SimulatedMembershipTable(
    InMemoryMembershipTable inner, SimulatedMembershipFaults faults, SimulatedNode node, TimeProvider time, Chance chance)
    : IMembershipTable, ILeaseTable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => ChangeAsync(async () =>
    {
        await inner.InitializeMembershipTable(tryInitTableVersion);
        return true;
    });

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => inner.DeleteMembershipTableEntries(clusterId);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => inner.CleanupDefunctSiloEntries(beforeDate);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(() => inner.ReadRow(key));

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => ReadAsync(inner.ReadAll);

    /// <inheritdoc/>
    public Task<LeaseTableData> ReadAllAsync() => ReadAsync(inner.ReadAllAsync);

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(() => inner.InsertRow(entry, tableVersion));

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        ChangeAsync(() => inner.UpdateRow(entry, etag, tableVersion));

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) => inner.UpdateIAmAlive(entry);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(SiloAddress silo, DateTime now) => ChangeAsync(() => inner.RenewAsync(silo, now));

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(SiloAddress silo, long renewal, SiloAddress declaredBy, DateTime now) =>
        ChangeAsync(() => inner.DeclareDeadAsync(silo, renewal, declaredBy, now));

    private Task<TResult> ReadAsync<TResult>(Func<Task<TResult>> read) => OperateAsync(read, changes: false);

    private Task<bool> ChangeAsync(Func<Task<bool>> change) => OperateAsync(change, changes: true);

    private async Task<TResult> OperateAsync<TResult>(Func<Task<TResult>> operation, bool changes)
    {
        var (before, after, slow) = (chance.Flip(faults.FailBefore), chance.Flip(faults.FailAfter), chance.Flip(faults.BeSlow));
        var latency = TimeSpan.FromTicks((long)(chance.NextDouble() * faults.MaxLatency.Ticks)) + (slow ? faults.Slow : TimeSpan.Zero);
        await Task.Delay(latency / 2, time);
        if (faults.IsDown || faults.CutOff.Contains(node.Number))
        {
            await Task.Delay(ConnectTimeout, time);
            throw new IOException("The simulated membership table cannot be reached.");
        }

        if (before)
        {
            throw new IOException("The simulated membership table failed; nothing was changed.");
        }

        var result = await operation();
        await Task.Delay(latency / 2, time);
        return after && changes ? throw new IOException("The simulated membership table failed; the change is there.") : result;
    }
}
