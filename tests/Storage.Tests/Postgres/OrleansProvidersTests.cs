using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

/// <summary>Goal: Orleans' ADO.NET clustering and storage work with the statements of our schema.</summary>
[NeedsPostgres]
[Trait("Suite", "Contract")]
public sealed class OrleansProvidersTests : IAsyncLifetime
{
    private PostgresFixture _shop = null!;
    private IHost? _silo;

    private IGrainStorage Orleans => _silo!.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public async Task InitializeAsync()
    {
        _shop = await PostgresFixture.OpenAsync();
        _silo = await OrleansHost.StartSiloAsync(_shop.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.StopAsync();
            _silo.Dispose();
            await _shop.DisposeAsync();
        }
    }

    [ContractTheory]
    [InlineData("counter/0")]
    [InlineData("counter/1f+tail")]
    [InlineData("counter/00112233445566778899aabbccddeeff")]
    [InlineData("counter/sku_85123A")]
    public async Task State_OfAnyKindOfKey_IsWritten_Read_ClearedAndWrittenAgain(string grain)
    {
        await FillAsync(grain, times: 1);
        var state = await FillAsync(grain, times: 1);
        state.ETag.ShouldBe("2");
        state.State!.Coins.ShouldBe(2);

        await Orleans.ClearStateAsync("jar", Id(grain), state);
        var cleared = await ReadAsync(grain);
        (cleared.RecordExists, cleared.ETag, cleared.State!.Coins).ShouldBe((false, "3", 0));

        (await FillAsync(grain, times: 1)).ETag.ShouldBe("4");
        (await _shop.ScalarAsync("select count(*) from orleans_state")).ShouldBe(1L);
    }

    [ContractFact]
    public async Task States_OfOneKeyAndTwoNames_AndOfTwoKeys_AreThreeRecords()
    {
        await FillAsync("jar/pot", times: 1);
        await FillAsync("jar/pan", times: 2);
        var other = new GrainState<Purse>(new Purse { Coins = 7 });
        await Orleans.WriteStateAsync("other", Id("jar/pot"), other);

        (await ReadAsync("jar/pot")).State!.Coins.ShouldBe(1);
        (await ReadAsync("jar/pan")).State!.Coins.ShouldBe(2);
        (await _shop.ScalarAsync("select count(*) from orleans_state")).ShouldBe(3L);
        (await _shop.ScalarAsync("select count(*) from grain_state")).ShouldBe(0L);
    }

    [ContractFact]
    public async Task Write_WithAnOldVersion_IsRefused()
    {
        var stale = await FillAsync("jar/pot", times: 1);
        await FillAsync("jar/pot", times: 1);

        await Should.ThrowAsync<InconsistentStateException>(() => Orleans.WriteStateAsync("jar", Id("jar/pot"), stale));
        await Should.ThrowAsync<InconsistentStateException>(() => Orleans.ClearStateAsync("jar", Id("jar/pot"), stale));

        (await ReadAsync("jar/pot")).State!.Coins.ShouldBe(2);
    }

    [ContractFact]
    public async Task FirstWritesAtOnce_LeaveOneWinner()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await Orleans.WriteStateAsync("jar", Id("jar/pot"), new GrainState<Purse>(new Purse { Coins = 1 }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        won.Count(static w => w).ShouldBe(1);
        (await _shop.ScalarAsync("select count(*) from orleans_state")).ShouldBe(1L);
    }

    [ContractFact]
    public async Task Silo_IsAMember_AndIsFoundByAClient_AndLeaves()
    {
        using var client = await OrleansHost.StartClientAsync(_shop.ConnectionString);
        var hosts = await client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        await client.StopAsync();

        hosts.Count.ShouldBe(1);
        (await _shop.ScalarAsync("select status from membership")).ShouldBe(3);
        await _silo!.StopAsync();
        (await _shop.ScalarAsync("select status from membership")).ShouldBe(6);
    }

    private static GrainId Id(string grain) => GrainId.Parse(grain, CultureInfo.InvariantCulture);

    private async Task<GrainState<Purse>> ReadAsync(string grain)
    {
        var state = new GrainState<Purse>();
        await Orleans.ReadStateAsync("jar", Id(grain), state);
        return state;
    }

    private async Task<GrainState<Purse>> FillAsync(string grain, int times)
    {
        var state = await ReadAsync(grain);
        for (var i = 0; i < times; i++)
        {
            state.State!.Coins++;
            await Orleans.WriteStateAsync("jar", Id(grain), state);
        }

        return state;
    }

    [GenerateSerializer]
    [Alias("tests.purse")]
    public sealed class Purse
    {
        [Id(0)]
        public int Coins { get; set; }
    }
}
