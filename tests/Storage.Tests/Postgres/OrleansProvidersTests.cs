using System.Globalization;
using ActorShop.Storage.Writer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

/// <summary>Goal: Microsoft's own providers work on our schema, do the one write, and go on with what ours have written, and the reverse.</summary>
[NeedsPostgres]
[Trait("Suite", "Contract")]
public sealed class OrleansProvidersTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private PostgresFixture _ours = null!;
    private IHost? _silo;

    private IGrainStorage Theirs => _silo!.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public async Task InitializeAsync()
    {
        _ours = await PostgresFixture.OpenAsync();
        _silo = await OrleansHost.StartSiloAsync(_ours.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.StopAsync();
            _silo.Dispose();
            await _ours.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task Write_OfTheirs_HasHeadEventsOutboxPostingsAndDueTime()
    {
        await FillAsync(Theirs, "jar/pot", times: 3, At.AddSeconds(-5));

        (await _ours.Get<IEventTable>().ReadAsync("pot", after: 1, limit: 10))
            .ShouldBe(
            [
                new EventRow("pot", 2, At, "filled", "2", """{"kind":"filled","coins":1}"""),
                new EventRow("pot", 3, At, "filled", "3", """{"kind":"filled","coins":1}"""),
            ]);
        (await _ours.Get<IDueTable>().TakeAsync(At, Lease, limit: 10)).ShouldBe([new DueRow("jar", "pot", At.AddSeconds(-5))]);
        (await _ours.ReadModels.GetOutboxAsync(after: null, limit: 10)).Items.Select(static o => o.Sequence).ShouldBe([1, 2, 3]);
        (await _ours.ReadModels.GetLedgerAsync(account: null, after: null, limit: 10)).Items.Select(static p => (p.Sequence, p.Account, p.Amount.Amount))
            .ShouldBe([(1, "jar", 1), (1, "pocket", -1), (2, "jar", 1), (2, "pocket", -1), (3, "jar", 1), (3, "pocket", -1)]);
    }

    [ContractFact]
    public async Task Grain_IsWrittenByBothInTurn()
    {
        await FillAsync(Theirs, "jar/pot", times: 2);
        await FillAsync(_ours.Storage, "jar/pot", times: 2);
        var last = await FillAsync(Theirs, "jar/pot", times: 1);

        last.ETag.ShouldBe("5");
        last.State!.Head.Coins.ShouldBe(5);
        (await _ours.ScalarAsync("select count(*) from grain_state")).ShouldBe(1L);
        (await _ours.Get<IEventTable>().ReadAsync("pot", after: 0, limit: 10)).Length.ShouldBe(5);
    }

    [ContractTheory]
    [InlineData("counter/0")]
    [InlineData("counter/1f+tail")]
    [InlineData("counter/00112233445566778899aabbccddeeff")]
    [InlineData("counter/sku_85123A")]
    public async Task Grain_OfAnyKindOfKey_IsOneRowToBoth(string grain)
    {
        await FillAsync(_ours.Storage, grain, times: 1);
        var theirs = await FillAsync(Theirs, grain, times: 1);

        theirs.ETag.ShouldBe("2");
        (await _ours.ScalarAsync("select count(*) from grain_state")).ShouldBe(1L);
    }

    [ContractFact]
    public async Task OldVersion_IsRefusedByTheirs_AndLeavesNoEvent()
    {
        var stale = await FillAsync(Theirs, "jar/pot", times: 1);
        await FillAsync(_ours.Storage, "jar/pot", times: 1);

        stale.State = Jars.Next(stale.State!, At);
        await Should.ThrowAsync<InconsistentStateException>(() => Theirs.WriteStateAsync("jar", Id("jar/pot"), stale));

        (await _ours.Get<IEventTable>().ReadAsync("pot", after: 0, limit: 10)).Length.ShouldBe(2);
    }

    [ContractFact]
    public async Task FirstWritesAtOnce_LeaveOneWinner()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await Theirs.WriteStateAsync("jar", Id("jar/pot"), new GrainState<EntityRecord<Jar, JarEvent>>(Jars.Next(new(), At)));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        won.Count(static w => w).ShouldBe(1);
        (await _ours.ScalarAsync("select count(*) from grain_state")).ShouldBe(1L);
    }

    [ContractFact]
    public async Task Clear_OfTheirs_IsNoRecordToOurs_UnderANewVersion()
    {
        var state = await FillAsync(Theirs, "jar/pot", times: 1);

        await Theirs.ClearStateAsync("jar", Id("jar/pot"), state);

        var ours = new GrainState<EntityRecord<Jar, JarEvent>>();
        await _ours.Storage.ReadStateAsync("jar", Id("jar/pot"), ours);
        (ours.RecordExists, ours.ETag, ours.State!.Sequence).ShouldBe((false, "2", 1L));
    }

    [ContractFact]
    public async Task Silo_IsAMember_AndIsFoundByAClient_AndLeaves()
    {
        using var client = await OrleansHost.StartClientAsync(_ours.ConnectionString);
        var hosts = await client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        await client.StopAsync();

        hosts.Count.ShouldBe(1);
        (await _ours.ScalarAsync("select status from membership")).ShouldBe(3);
        await _silo!.StopAsync();
        (await _ours.ScalarAsync("select status from membership")).ShouldBe(6);
    }

    private static GrainId Id(string grain) => GrainId.Parse(grain, CultureInfo.InvariantCulture);

    private static async Task<GrainState<EntityRecord<Jar, JarEvent>>> FillAsync(IGrainStorage storage, string grain, int times, DateTimeOffset? due = null)
    {
        var state = new GrainState<EntityRecord<Jar, JarEvent>>();
        await storage.ReadStateAsync("jar", Id(grain), state);
        for (var i = 0; i < times; i++)
        {
            state.State = Jars.Next(state.State!, At, due);
            await storage.WriteStateAsync("jar", Id(grain), state);
        }

        return state;
    }
}
