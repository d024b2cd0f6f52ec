using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ActorShop.Reporting;

/// <summary>Goal: the projector projects everything that waits, in bounded batches, and survives a failing store.</summary>
/// <remarks>Method: read models that count down a backlog.</remarks>
[Trait("Suite", "Cluster")]
public sealed class ProjectorTests
{
    [Fact]
    public async Task Projector_ProjectsTheBacklogInBatches_ThroughAFailure()
    {
        var models = Backlog.Create(out var backlog);
        var options = new ReportingOptions { BatchesPerRound = 2 };
        var projector = new Projector(models, Options.Create(options), NullLogger<Projector>.Instance);

        var pauses = new List<TimeSpan>();
        for (var round = 0; round < 4; round++)
        {
            pauses.Add(await projector.RunOnceAsync());
        }

        // The store fails; two batches of 500; the remaining 234; nothing.
        pauses.ShouldBe([options.IdlePause, options.BusyPause, options.BusyPause, options.IdlePause]);
        backlog.LargestBatch.ShouldBe(500);
        (await models.GetLagAsync(Projections.Reporting)).ShouldBe(0);
    }

    [Fact]
    public async Task Queries_AreAnsweredFromTheReadModels()
    {
        var models = Backlog.Create(out _);
        await using var shop = await ShopCluster.StartAsync(services => services.AddSingleton(models));

        (await shop.Grains.Queries().GetBalancesAsync()).ShouldBe([new AccountBalance("cash", new(1, "GBP"))]);
        (await shop.Grains.Queries().GetLagAsync(Projections.Reporting)).ShouldBe(1_234);
    }

    /// <summary>Read models with a backlog of 1,234 events, whose store fails once.</summary>
    public class Backlog : DispatchProxy
    {
        private int _waiting = 1_234;
        private bool _failed;

        public int LargestBatch { get; private set; }

        public static IReadModels Create(out Backlog backlog)
        {
            var models = Create<IReadModels, Backlog>();
            backlog = (Backlog)(object)models;
            return models;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IReadModels.ProjectAsync) => ProjectAsync((int)args![1]!),
            nameof(IReadModels.GetLagAsync) => Task.FromResult((long)_waiting),
            nameof(IReadModels.GetBalancesAsync) =>
                Task.FromResult<ImmutableArray<AccountBalance>>([new("cash", new(1, "GBP"))]),
            _ => throw new NotSupportedException(targetMethod.Name),
        };

        private async Task<int> ProjectAsync(int limit)
        {
            await Task.Yield();
            if (!_failed)
            {
                _failed = true;
                throw new IOException("The store is away.");
            }

            var carried = Math.Min(limit, _waiting);
            LargestBatch = Math.Max(LargestBatch, carried);
            _waiting -= carried;
            return carried;
        }
    }
}
