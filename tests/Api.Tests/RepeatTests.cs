using ActorShop.Carts;
using ActorShop.Inventory;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Metadata;

namespace ActorShop.Api;

/// <summary>
/// Goal: the API repeats a request that a lost silo failed, if a client may repeat it, and for a limited time.
/// Method: a grain fails a number of times; time moves by each pause of the API, so that nothing waits.
/// </summary>
public sealed class RepeatTests
{
    private const string Stock = "/v1/stock/A";
    private const string Item = $"/v1/carts/{TestApi.Cart}/items/A";
    private const string Adjustments = "/v1/admin/stock/A/adjustments";
    private const string Adjustment = """{"delta":1,"reason":"receipt"}""";

    private readonly PauseTime _clock = new();

    [Theory]
    [InlineData("GET", Stock, null, typeof(IStockGrain), "GetAsync", "engine")]
    [InlineData("GET", Stock, null, typeof(IStockGrain), "GetAsync", "rejection")]
    [InlineData("GET", Stock, null, typeof(IStockGrain), "GetAsync", "timeout")]
    [InlineData("PUT", Item, """{"quantity":1}""", typeof(ICartGrain), "SetItemAsync", "engine")]
    [InlineData("DELETE", Item, null, typeof(ICartGrain), "SetItemAsync", "engine")]
    [InlineData("POST", Adjustments, Adjustment, typeof(IStockGrain), "AdjustAsync", "engine")]
    public async Task RepeatableRequest_IsRepeated_UntilTheGrainAnswers(
        string method, string path, string? body, Type grain, string call, string fault)
    {
        await using var api = Api();
        var attempts = FailFirst(api, 2, grain, call, fault);

        var reply = await api.SendAsync(method, path, body);

        reply.Status.ShouldBeLessThan(300, reply.Body);
        attempts().ShouldBe(3);
        _clock.Pauses.ShouldBe([50, 100]);
    }

    [Theory]
    [InlineData("PUT", Item, """{"quantity":1}""", typeof(ICartGrain), "SetItemAsync", "timeout", 504)]
    [InlineData("GET", Stock, null, typeof(IStockGrain), "GetAsync", "limit", 503)]
    [InlineData("GET", Stock, null, typeof(IStockGrain), "GetAsync", "shutdown", 503)]
    [InlineData("GET", Stock, null, typeof(IStockGrain), "GetAsync", "fault", 500)]
    public async Task OtherFault_IsAnsweredAtOnce(string method, string path, string? body, Type grain, string call, string fault, int status)
    {
        await using var api = Api();
        var attempts = FailFirst(api, 1, grain, call, fault);

        (await api.SendAsync(method, path, body)).Status.ShouldBe(status);

        attempts().ShouldBe(1);
        _clock.Pauses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-key")]
    public async Task PostToARouteWithoutKeys_IsNotRepeated_BecauseItMayHaveTakenEffect(string? key)
    {
        await using var api = Api();
        var attempts = FailFirst(api, 1, typeof(ICartGrain), "CreateAsync", "engine");

        var reply = await api.SendAsync("POST", "/v1/carts", """{"currency":"GBP"}""", key);

        reply.ShouldBeProblem(503, "unavailable");
        reply.Headers["Retry-After"].ShouldBe("1");
        attempts().ShouldBe(1);
    }

    [Fact]
    public async Task Repeats_EndAfterTheirTime_WithTheFault()
    {
        await using var api = Api("00:00:02");
        var attempts = FailFirst(api, int.MaxValue, typeof(IStockGrain), "GetAsync", "engine");

        var reply = await api.SendAsync("GET", Stock);

        reply.ShouldBeProblem(503, "unavailable");
        reply.Headers["Retry-After"].ShouldBe("1");
        _clock.Pauses.ShouldBe([50, 100, 200, 400, 400, 400, 400]);
        attempts().ShouldBe(8);
    }

    [Fact]
    public async Task RepeatThatMeetsItsOwnFirstAttempt_WaitsForTheAnswer()
    {
        await using var api = Api();
        FailFirst(api, 1, typeof(IStockGrain), "AdjustAsync", "engine");
        var begun = new Queue<BeginResult>(
        [
            new BeginResult.Run(Samples.Digits), new BeginResult.Running(), new BeginResult.Running(),
            new BeginResult.Finished(new Answer(201, """{"onHand":1}""", null)),
        ]);
        api.Grains.On<IIdempotencyGrain>("BeginAsync", _ => begun.Dequeue());

        var reply = await api.SendAsync("POST", Adjustments, Adjustment);

        (reply.Status, reply.Body, reply.Headers["Idempotent-Replayed"]).ShouldBe((201, """{"onHand":1}""", "true"));
        _clock.Pauses.ShouldBe([50, 100, 200]);
    }

    [Fact]
    public async Task RequestOfAnotherClientThatIsRunning_IsRefusedAtOnce()
    {
        await using var api = Api();
        api.Grains.On<IIdempotencyGrain>("BeginAsync", static _ => new BeginResult.Running());

        (await api.SendAsync("POST", Adjustments, Adjustment)).ShouldBeProblem(409, "idempotency_in_progress");

        _clock.Pauses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 200, 2)]
    [InlineData(false, 500, 1)]
    public async Task UnknownInterface_IsRepeated_OnlyWhileNoSiloHasGrains(bool areAllGone, int status, int expected)
    {
        await using var api = Api(adjust: builder => builder.Services.AddSingleton<IClusterManifestProvider>(new Manifests(areAllGone)));
        var attempts = FailFirst(api, 1, typeof(IStockGrain), "GetAsync", "argument");

        (await api.SendAsync("GET", Stock)).Status.ShouldBe(status);

        attempts().ShouldBe(expected);
    }

    private static Func<int> FailFirst(TestApi api, int failures, Type grain, string method, string fault)
    {
        var attempts = 0;
        api.Grains.On(grain, method, _ => ++attempts <= failures ? throw Faults.Of(fault) : Samples.Answer(grain, method));
        return () => attempts;
    }

    private TestApi Api(string repeatFor = "00:00:04", Action<WebApplicationBuilder>? adjust = null) =>
        new(Environments.Production, clock: _clock, adjust: builder =>
        {
            builder.Configuration["Api:RepeatFor"] = repeatFor;
            adjust?.Invoke(builder);
        });

    /// <summary>Time that moves by each pause as soon as the pause begins, and otherwise stands still.</summary>
    private sealed class PauseTime : TimeProvider
    {
        private readonly List<double> _pauses = [];

        public IReadOnlyList<double> Pauses => _pauses;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)_pauses.Sum();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period == Timeout.InfiniteTimeSpan && dueTime != Timeout.InfiniteTimeSpan)
            {
                _pauses.Add(dueTime.TotalMilliseconds);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A cluster whose only silo hosts the shop's grains, or none.</summary>
    private sealed class Manifests(bool areAllGone) : IClusterManifestProvider
    {
        public ClusterManifest Current { get; } = new(
            new MajorMinorVersion(1, 0),
            ImmutableDictionary<SiloAddress, GrainManifest>.Empty.Add(SiloAddress.Zero, new GrainManifest(
                areAllGone ? [] : ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(
                    GrainType.Create("stock"), new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal))),
                ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty)));

        public IAsyncEnumerable<ClusterManifest> Updates => throw new NotSupportedException();

        public GrainManifest LocalGrainManifest => throw new NotSupportedException();
    }
}
