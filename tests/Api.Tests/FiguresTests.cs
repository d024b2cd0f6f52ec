using ActorShop.Api.Hosting;
using ActorShop.Api.Operators;
using ActorShop.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

/// <summary>Goal: the operators' page names what is stuck, and looking at it costs the shop little.</summary>
public sealed class FiguresTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Fact]
    public async Task Sagas_AreCountedByStep_WithThoseThatAreStuck()
    {
        await using var api = new TestApi(Environments.Production, clock: _clock);
        var now = _clock.GetUtcNow();
        api.Grains.On<IShopQueryGrain>("FindSagasAsync", _ => new Page<SagaEntry>(
            [
                new("ord_1", "reserving", now.AddSeconds(5)),
                new("ord_2", "reserving", now.AddSeconds(-59)),
                new("ord_3", "reserving", now.AddSeconds(-61)),
                new("ord_4", "voiding", Due: null),
            ],
            Next: null));
        api.Grains.On<IShopQueryGrain>("GetDueWorkAsync", static arguments => ImmutableArray.Create(new DueWork("order", 2, ((DateTimeOffset)arguments[0]!).AddSeconds(-61))));

        var silo = SiloAddress.New(IPAddress.Loopback, 11_111, 1);
        api.Grains.On<IManagementGrain>("GetDetailedHosts", _ => new MembershipEntry[]
        {
            new() { SiloName = "silo-1", SiloAddress = silo, Status = SiloStatus.Active, ProxyPort = 30_000, StartTime = now.UtcDateTime.AddMinutes(-1) },
        });

        var figures = await ReadAsync(api);

        figures.Members.ShouldBe([new("silo-1", "silo", "127.0.0.1:11111", "active", Version: null, UptimeSeconds: 60)]);
        figures.Sagas.ShouldBe([new("reserving", 3, 1, 61), new("voiding", 1, 1, OldestSeconds: null)]);
        figures.Due.ShouldBe([new("order", 2, 61)]);
        figures.Health.OpenSagas.ShouldBe(new CountResponse(4, OrMore: false));
    }

    [Fact]
    public async Task Figures_AreAbsent_WhereTheShopDoesNotAnswer()
    {
        await using var api = new TestApi(Environments.Production, clock: _clock);
        api.Grains.On<IShopQueryGrain>("FindSagasAsync", static _ => throw Faults.Of("engine"));
        api.Grains.On<IShopQueryGrain>("GetDueWorkAsync", static _ => throw Faults.Of("engine"));
        api.Grains.On<IManagementGrain>("GetDetailedHosts", static _ => throw Faults.Of("engine"));

        var figures = await ReadAsync(api);

        (figures.Sagas, figures.Due, figures.Members, figures.Health.OpenSagas).ShouldBe((null, null, null, null));
        figures.Minutes.Count.ShouldBe(RequestFigures.Minutes);
    }

    [Fact]
    public async Task Viewers_ShareAnAnswer()
    {
        await using var api = new TestApi(Environments.Production, clock: _clock);
        api.Grains.On<IManagementGrain>("GetDetailedHosts", static _ => Array.Empty<MembershipEntry>());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync(api)));
        Asked().ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(api);
        Asked().ShouldBe(2);

        int Asked() => api.Grains.Calls.Count(static call => call.Method is "FindSagasAsync");
    }

    [Theory]
    [InlineData("http://localhost:9000", "127.0.0.1:9000")]
    [InlineData("http://127.0.0.1:9000/", "127.0.0.1:9000")]
    [InlineData("http://*:9000", "0.0.0.0:9000")]
    [InlineData("http://+:9000", "0.0.0.0:9000")]
    [InlineData("http://[::]:9000", "[::]:9000")]
    [InlineData("http://localhost:0", "127.0.0.1:0")]
    [InlineData("https://localhost:9000", "https://localhost:9000")]
    [InlineData("http://localhost:9000;http://localhost:9001", "http://localhost:9000;http://localhost:9001")]
    [InlineData("garbage", "garbage")]
    public void Url_IsAnAddressAndAPort(string url, string endpoint) => HttpAddresses.EndpointOf(url).ShouldBe(endpoint);

    private static Task<FiguresResponse> ReadAsync(TestApi api) => api.Services.GetRequiredService<Figures>().ReadAsync(dashboard: null);
}
