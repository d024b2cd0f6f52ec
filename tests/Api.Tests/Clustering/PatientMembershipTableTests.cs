using ActorShop.Silo.Clustering;
using ActorShop.Testing;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Clustering;

/// <summary>Goal: a member that has just started is not evicted, and any other is. Method: a table in memory behind the patient one; manual time.</summary>
public sealed class PatientMembershipTableTests
{
    private static readonly SiloAddress Self = SiloAddress.New(IPAddress.Loopback, 1, 7);
    private static readonly SiloAddress Other = SiloAddress.New(IPAddress.Loopback, 2, 7);

    private readonly ManualTime _time = new();
    private readonly Table _inner = new();
    private readonly PatientMembershipTable _table;

    public PatientMembershipTableTests() => _table = new(_inner, new Details(), Options.Create(new FailureDetectionOptions()), _time);

    [Fact]
    public async Task VoteAgainstAStartingMember_IsRefused_UntilItsGraceEnds()
    {
        await SeeAsync(Other, startedAgo: TimeSpan.Zero);

        (await VoteAsync(Other)).ShouldBeFalse();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(9.9));
        (await VoteAsync(Other)).ShouldBeFalse();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(0.1));
        (await VoteAsync(Other)).ShouldBeTrue();
        _inner.Updates.ShouldBe(1);
    }

    [Fact]
    public async Task VoteAgainstAMemberThatStartedLongAgo_Counts()
    {
        await SeeAsync(Other, startedAgo: TimeSpan.FromMinutes(1));

        (await VoteAsync(Other)).ShouldBeTrue();
    }

    [Fact]
    public async Task MemberWhoseClockIsAnHourAhead_IsSpared_NoLongerThanAnother()
    {
        await SeeAsync(Other, startedAgo: TimeSpan.FromHours(-1));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await VoteAsync(Other)).ShouldBeTrue();
    }

    [Fact]
    public async Task OwnRow_AndThePreviousSilosRow_AreWritten()
    {
        var predecessor = SiloAddress.New(Self.Endpoint, 6);
        await SeeAsync(Self, startedAgo: TimeSpan.Zero);
        await SeeAsync(predecessor, startedAgo: TimeSpan.Zero);

        (await VoteAsync(Self)).ShouldBeTrue();
        (await VoteAsync(predecessor)).ShouldBeTrue();
    }

    private Task<MembershipTableData> SeeAsync(SiloAddress silo, TimeSpan startedAgo)
    {
        _inner.Entry = new MembershipEntry { SiloAddress = silo, Status = SiloStatus.Active, StartTime = (_time.GetUtcNow() - startedAgo).UtcDateTime };
        return _table.ReadAllAsync(CancellationToken.None);
    }

    private Task<bool> VoteAsync(SiloAddress silo)
    {
        var entry = new MembershipEntry { SiloAddress = silo, Status = SiloStatus.Active, StartTime = _inner.Entry.StartTime };
        return _table.UpdateRowAsync(entry, string.Empty, new TableVersion(1, "1"), CancellationToken.None);
    }

    private sealed class Details : ILocalSiloDetails
    {
        public string Name => "self";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => Self;

        public SiloAddress GatewayAddress => Self;
    }

    private sealed class Table : IMembershipTable
    {
        public MembershipEntry Entry { get; set; } = new();

        public int Updates { get; private set; }

        public Task<MembershipTableData> ReadAll() => Task.FromResult(new MembershipTableData([Tuple.Create(Entry, string.Empty)], new TableVersion(1, "1")));

        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
        {
            Updates++;
            return Task.FromResult(true);
        }

        public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();

        public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

        public Task<MembershipTableData> ReadRow(SiloAddress key) => throw new NotSupportedException();

        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

        public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();
    }
}
