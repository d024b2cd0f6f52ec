using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>The leases of silos, kept beside the rows of the membership table: who may answer, and who may be declared dead.</summary>
/// <remarks>
/// <para>A renewal number belongs to each row and starts at 0 with it. No clock is compared: an owner counts its lease from
/// before it sent the renewal, an observer waits for longer than a lease in which the number has not changed.</para>
/// <para>Implemented by whoever implements <see cref="IMembershipTable"/>, over the same rows. Any operation may fail with its
/// outcome unknown. Safe from any thread.</para>
/// </remarks>
public interface ILeaseTable
{
    /// <summary>
    /// Renews the silo's lease: in one atomic step adds one to the number of its row and notes the time, only where the row is
    /// there and its status is not <see cref="SiloStatus.Dead"/>. The version of the table stays.
    /// </summary>
    /// <param name="silo">The silo: only ever itself.</param>
    /// <param name="now">Its clock, for people's eyes: the row's IAmAliveTime.</param>
    /// <returns>False where the silo is dead to the table or not in it: it must stop, and never renew again.</returns>
    Task<bool> RenewAsync(SiloAddress silo, DateTime now);

    /// <summary>Reads all silos, the version and the renewal numbers, as they are at one moment.</summary>
    Task<LeaseTableData> ReadAllAsync();

    /// <summary>
    /// Declares a silo dead: in one atomic step sets its status to <see cref="SiloStatus.Dead"/>, notes who says so in its suspect
    /// times, and adds one to the version of the table; only where the status is not dead yet and the renewal number is still
    /// the one that was seen. So a renewal that slips in wins.
    /// </summary>
    /// <param name="silo">Who is held for dead.</param>
    /// <param name="renewal">The number that has not changed for longer than a lease.</param>
    /// <param name="declaredBy">Who says so.</param>
    /// <param name="now">The clock of who says so, for people's eyes.</param>
    /// <returns>True where it is dead by this call.</returns>
    Task<bool> DeclareDeadAsync(SiloAddress silo, long renewal, SiloAddress declaredBy, DateTime now);
}

/// <summary>What the lease table said at one moment.</summary>
/// <param name="Members">The silos and the version.</param>
/// <param name="Renewals">The renewal number of each silo of <paramref name="Members"/>.</param>
public sealed record LeaseTableData(MembershipTableData Members, IReadOnlyDictionary<SiloAddress, long> Renewals);
