using System.Net.Sockets;
using ActorShop.Silo.Clustering;
using ActorShop.Testing;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Clustering;

/// <summary>
/// Goal: a member that is starting is not evicted while its process lives, and any other is. Method: a table in memory behind the patient one,
/// manual time, and a real port of the other member.
/// </summary>
public sealed class PatientMembershipTableTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Table _inner = new();
    private readonly TcpListener _ownListener = new(IPAddress.Loopback, 0);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly PatientMembershipTable _table;
    private readonly SiloAddress _self;
    private readonly SiloAddress _other;

    public PatientMembershipTableTests()
    {
        (_self, _other) = (Start(_ownListener), Start(_listener));
        _table = new(_inner, new Details(_self), Options.Create(new FailureDetectionOptions()), _time);
    }

    public void Dispose()
    {
        _ownListener.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Vote_IsRefused_UntilTheMemberHasStarted()
    {
        await SeeAsync(_other, startedAgo: TimeSpan.Zero);

        (await VoteAsync(_other)).ShouldBeFalse();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(9.9));
        (await VoteAsync(_other)).ShouldBeFalse();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(0.1));
        (await VoteAsync(_other)).ShouldBeTrue();
        _inner.Updates.ShouldBe(1);
    }

    [Fact]
    public async Task Vote_Counts_WhenTheStartingMemberHasDied()
    {
        await SeeAsync(_other, startedAgo: TimeSpan.Zero);
        _listener.Stop();

        (await VoteAsync(_other)).ShouldBeTrue();
    }

    [Fact]
    public async Task Vote_Counts_WhenTheMemberStartedLongAgo()
    {
        await SeeAsync(_other, startedAgo: TimeSpan.FromMinutes(1));

        (await VoteAsync(_other)).ShouldBeTrue();
    }

    [Fact]
    public async Task Vote_Counts_AfterTheGrace_WhenTheClockOfTheMemberIsAhead()
    {
        await SeeAsync(_other, startedAgo: TimeSpan.FromHours(-1));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await VoteAsync(_other)).ShouldBeTrue();
    }

    [Fact]
    public async Task Row_IsWritten_WhenItHasTheOwnAddress()
    {
        var predecessor = SiloAddress.New(_self.Endpoint, 6);
        await SeeAsync(_self, startedAgo: TimeSpan.Zero);
        await SeeAsync(predecessor, startedAgo: TimeSpan.Zero);

        (await VoteAsync(_self)).ShouldBeTrue();
        (await VoteAsync(predecessor)).ShouldBeTrue();
    }

    private static SiloAddress Start(TcpListener listener)
    {
        listener.Start();
        return SiloAddress.New((IPEndPoint)listener.LocalEndpoint, 7);
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

    private sealed class Details(SiloAddress address) : ILocalSiloDetails
    {
        public string Name => "self";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => address;

        public SiloAddress GatewayAddress => address;
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
