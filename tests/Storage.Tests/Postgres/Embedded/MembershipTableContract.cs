using System.Net;
using ActorShop.Runtime.Membership;

namespace ActorShop.Storage;

/// <summary>What every table of members and leases keeps to: silos agree on who is one, and nobody who renews is declared dead.</summary>
[Trait("Suite", "Contract")]
public abstract class MembershipTableContract : IAsyncLifetime
{
    private static readonly DateTime Now = new(2011, 12, 9, 12, 50, 0, 123, DateTimeKind.Utc);
    private static readonly SiloAddress One = SiloAddress.New(IPAddress.Parse("10.0.0.1"), 11111, 7);
    private static readonly SiloAddress Two = SiloAddress.New(IPAddress.Parse("10.0.0.2"), 11111, 8);

    protected abstract IMembershipTable Table { get; }

    protected abstract ILeaseTable Leases { get; }

    /// <summary>Makes the table, with its version row.</summary>
    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [ContractFact]
    public async Task NewTable_IsEmpty_UnderVersionZero_HoweverOftenItIsMade()
    {
        await Table.InitializeMembershipTable(tryInitTableVersion: true);

        var read = await Table.ReadAll();

        read.Members.ShouldBeEmpty();
        read.Version.ShouldBe(new TableVersion(0, "0"));
    }

    [ContractFact]
    public async Task Silo_IsReadBackAsItWasInserted()
    {
        (await InsertAsync(One)).ShouldBeTrue();

        var read = await Table.ReadRow(One);
        var entry = read.Members.Single().Item1;

        read.Version.ShouldBe(new TableVersion(1, "1"));
        entry.SiloAddress.ShouldBe(One);
        (entry.Status, entry.SiloName, entry.HostName, entry.ProxyPort).ShouldBe((SiloStatus.Joining, "silo", "host", 30000));
        (entry.StartTime, entry.IAmAliveTime).ShouldBe((Now, Now));
        entry.StartTime.Kind.ShouldBe(DateTimeKind.Utc);
        (await Table.ReadRow(Two)).Members.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Insert_OfTheSameSilo_OrOnAnOldVersion_ChangesNothing()
    {
        var old = (await Table.ReadAll()).Version;
        await InsertAsync(One);

        (await InsertAsync(One)).ShouldBeFalse();
        (await Table.InsertRow(Entry(Two), old.Next())).ShouldBeFalse();

        (await Table.ReadAll()).Version.Version.ShouldBe(1);
        (await Table.ReadAll()).Members.Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task Update_IsConditionalOnTheVersion()
    {
        await InsertAsync(One);
        var version = (await Table.ReadAll()).Version;
        var entry = Entry(One);
        entry.Status = SiloStatus.Active;
        entry.AddSuspector(Two, Now);

        (await Table.UpdateRow(entry, string.Empty, version.Next())).ShouldBeTrue();
        (await Table.UpdateRow(entry, string.Empty, version.Next())).ShouldBeFalse();
        (await Table.UpdateRow(Entry(Two), string.Empty, (await Table.ReadAll()).Version.Next())).ShouldBeFalse();

        var read = await Table.ReadAll();
        read.Version.Version.ShouldBe(2);
        read.Members.Single().Item1.Status.ShouldBe(SiloStatus.Active);
        read.Members.Single().Item1.SuspectTimes.ShouldBe([Tuple.Create(Two, Now)]);
    }

    [ContractFact]
    public async Task ChangesAtOnce_OnOneVersion_LeaveOneWinner()
    {
        var version = (await Table.ReadAll()).Version;

        var won = await Task.WhenAll(Enumerable.Range(1, 20).Select(n =>
            Table.InsertRow(Entry(SiloAddress.New(IPAddress.Loopback, n, n)), version.Next())));

        won.Count(static w => w).ShouldBe(1);
        (await Table.ReadAll()).Members.Count.ShouldBe(1);
        (await Table.ReadAll()).Version.Version.ShouldBe(1);
    }

    [ContractFact]
    public async Task Renewal_CountsUp_AndLeavesTheVersion()
    {
        await InsertAsync(One);
        (await Leases.ReadAllAsync()).Renewals[One].ShouldBe(0);

        (await Leases.RenewAsync(One, Now.AddSeconds(1))).ShouldBeTrue();
        (await Leases.RenewAsync(One, Now.AddSeconds(2))).ShouldBeTrue();

        var read = await Leases.ReadAllAsync();
        read.Renewals[One].ShouldBe(2);
        read.Members.Version.Version.ShouldBe(1);
        read.Members.Members.Single().Item1.IAmAliveTime.ShouldBe(Now.AddSeconds(2));
        (await Leases.RenewAsync(Two, Now)).ShouldBeFalse();
    }

    [ContractFact]
    public async Task SiloThatRenewedSince_IsNotDeclaredDead()
    {
        await InsertAsync(One);
        var seen = (await Leases.ReadAllAsync()).Renewals[One];
        await Leases.RenewAsync(One, Now);

        (await Leases.DeclareDeadAsync(One, seen, Two, Now)).ShouldBeFalse();

        (await Table.ReadAll()).Members.Single().Item1.Status.ShouldBe(SiloStatus.Joining);
        (await Table.ReadAll()).Version.Version.ShouldBe(1);
    }

    [ContractFact]
    public async Task DeadSilo_StaysDead_AndItsRenewalsAreRefused()
    {
        await InsertAsync(One);

        (await Leases.DeclareDeadAsync(One, 0, Two, Now)).ShouldBeTrue();
        (await Leases.DeclareDeadAsync(One, 0, Two, Now)).ShouldBeFalse();
        (await Leases.RenewAsync(One, Now)).ShouldBeFalse();

        var read = await Table.ReadAll();
        read.Version.Version.ShouldBe(2);
        read.Members.Single().Item1.Status.ShouldBe(SiloStatus.Dead);
        read.Members.Single().Item1.SuspectTimes.ShouldBe([Tuple.Create(Two, Now)]);
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RenewalAndDeathAtOnce_NeverBothWin(int seed)
    {
        var random = new Random(seed);
        await InsertAsync(One);
        for (var round = 0; round < 30; round++)
        {
            var seen = await Leases.ReadAllAsync();
            if (seen.Members.Members.Single().Item1.Status == SiloStatus.Dead)
            {
                break;
            }

            var death = Leases.DeclareDeadAsync(One, seen.Renewals[One], Two, Now);
            var renewals = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Leases.RenewAsync(One, Now)).ToArray();

            // A renewal that came first saved the silo, and then all of them hold; otherwise none of them does.
            var died = await death;
            (await Task.WhenAll(renewals)).ShouldAllBe(renewed => renewed != died);
        }
    }

    [ContractFact]
    public async Task CleanUp_TakesTheDeadOfLongAgo_Alone()
    {
        await InsertAsync(One);
        await InsertAsync(Two);
        await Leases.DeclareDeadAsync(One, 0, Two, Now);
        var active = Entry(Two);
        active.Status = SiloStatus.Active;
        await Table.UpdateRow(active, string.Empty, (await Table.ReadAll()).Version.Next());

        await Table.CleanupDefunctSiloEntries(new DateTimeOffset(Now.AddMinutes(-1)));
        (await Table.ReadAll()).Members.Count.ShouldBe(2);
        await Table.CleanupDefunctSiloEntries(new DateTimeOffset(Now.AddMinutes(1)));

        (await Table.ReadAll()).Members.Single().Item1.SiloAddress.ShouldBe(Two);
    }

    private static MembershipEntry Entry(SiloAddress silo) => new()
    {
        SiloAddress = silo,
        Status = SiloStatus.Joining,
        SiloName = "silo",
        HostName = "host",
        ProxyPort = 30000,
        StartTime = Now,
        IAmAliveTime = Now,
    };

    protected async Task<bool> InsertAsync(SiloAddress? silo = null) => await Table.InsertRow(Entry(silo ?? One), (await Table.ReadAll()).Version.Next());
}
