using ActorShop.Runtime.Membership;

namespace ActorShop.Storage.Postgres.Embedded;

[NeedsPostgres]
public sealed class PostgresMembershipTableTests : MembershipTableContract
{
    private PostgresFixture _postgres = null!;
    private PostgresMembershipTable _table = null!;

    protected override IMembershipTable Table => _table;

    protected override ILeaseTable Leases => _table;

    public override async Task InitializeAsync()
    {
        _postgres = await PostgresFixture.OpenAsync();
        _table = Open(_postgres);
        await _table.InitializeMembershipTable(tryInitTableVersion: true);
    }

    public override async Task DisposeAsync()
    {
        if (_table is not null)
        {
            await _table.DisposeAsync();
            await _postgres.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task Clusters_DoNotSeeEachOther_AndAreDeletedWhole()
    {
        await InsertAsync();
        await Table.DeleteMembershipTableEntries("another");
        (await Table.ReadAll()).Members.Count.ShouldBe(1);

        await Table.DeleteMembershipTableEntries("cluster");

        (await _postgres.ScalarAsync("select (select count(*) from membership) + (select count(*) from membership_version)")).ShouldBe(0L);
    }

    private static PostgresMembershipTable Open(PostgresFixture postgres) => new(postgres.Database);
}
