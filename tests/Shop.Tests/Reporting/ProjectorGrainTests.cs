using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Reporting;

/// <summary>Goal: once started, the projector carries everything that waits, in bounded batches, and survives a failing store.</summary>
/// <remarks>Method: read models that count down a backlog; the test waits for the last event to be carried, not for time to pass.</remarks>
[Trait("Suite", "Cluster")]
public sealed class ProjectorGrainTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Projector_Started_CarriesTheBacklogInBatches_ThroughAFailure()
    {
        var models = Backlog.Create(out var backlog);
        await using var shop = await ShopCluster.StartAsync(services => services.AddSingleton(models));

        await shop.Grains.Projector(Projections.Reporting).StartAsync();
        await backlog.Empty.WaitAsync(Deadline);

        backlog.LargestBatch.ShouldBe(500);
        (await shop.Grains.Projector(Projections.Reporting).GetLagAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Queries_AreAnsweredFromTheReadModels()
    {
        var models = Backlog.Create(out _);
        await using var shop = await ShopCluster.StartAsync(services => services.AddSingleton(models));

        (await shop.Grains.Queries().GetBalancesAsync()).ShouldBe([new AccountBalance("cash", new(1, "GBP"))]);
    }

    /// <summary>Read models with a backlog of 1,234 events, whose store fails once.</summary>
    public class Backlog : DispatchProxy
    {
        private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting = 1_234;
        private bool _failed;

        public Task Empty => _empty.Task;

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
            if (_waiting == 0)
            {
                _empty.TrySetResult();
            }

            return carried;
        }
    }
}
