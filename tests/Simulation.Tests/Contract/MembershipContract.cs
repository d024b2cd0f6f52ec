using Orleans.Placement;

namespace ActorShop.Simulation.Contract;

/// <summary>
/// Goal: no two healthy silos answer for one grain, through joins, leaves and deaths.
/// </summary>
/// <remarks>
/// Method: callers on all living silos ask the same grains again and again. Activations of a grain are numbered as they begin, so an answer
/// of an earlier activation than one that has answered before the call began is an answer of a second one.
/// </remarks>
public abstract class MembershipContract(IContractHost host)
{
    private const int GrainCount = 60;

    [Fact]
    public Task Grain_HasOneActivationAmongHealthySilos_ThroughJoinsLeavesAndDeaths() => host.RunAsync(
        static async cluster =>
        {
            var watch = new Watch(cluster);
            var callers = Enumerable.Range(0, 4).Select(watch.CallAsync).ToArray();
            await watch.SettleAsync();
            await cluster.JoinAsync();
            await watch.SettleAsync();
            await cluster.StopAsync(cluster.Living[0]);
            await watch.SettleAsync();
            await cluster.KillAsync(cluster.Living[0]);
            await watch.SettleAsync();
            await cluster.JoinAsync();
            await watch.SettleAsync();
            watch.IsOver = true;
            await Task.WhenAll(callers);

            watch.Violations.ShouldBeEmpty();
            watch.Answers.ShouldBeGreaterThan(GrainCount * 10);
            watch.Moves.ShouldBeGreaterThan(0);
        },
        silos: 3);

    [Fact]
    public Task PreferredLocalGrain_IsActivatedWhereItIsCalled_AndCalledThereByOthers() => host.RunAsync(
        static async cluster =>
        {
            for (var number = 0; number < 10; number++)
            {
                var key = cluster.NewKey();
                var first = cluster.Living[number % cluster.Living.Count];
                var at = await cluster.AskAsync(first, grains => grains.GetGrain<ILocalGrain>(key).SiloAsync());
                foreach (var other in cluster.Living)
                {
                    (await cluster.AskAsync(other, grains => grains.GetGrain<ILocalGrain>(key).SiloAsync())).ShouldBe(at);
                }

                (await cluster.AskAsync(first, grains => grains.GetGrain<ILocalGrain>(cluster.NewKey()).SiloAsync())).ShouldBe(at);
            }
        },
        silos: 3);

    private sealed class Watch(ContractCluster cluster)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

        private readonly string[] _keys = [.. Enumerable.Range(0, GrainCount).Select(_ => cluster.NewKey())];
        private readonly int[] _latest = new int[GrainCount];
        private readonly List<string> _violations = [];
        private readonly Lock _lock = new();
        private int _answers;

        public bool IsOver { get; set; }

        public int Answers => _answers;

        public int Moves => _latest.Count(static latest => latest > 1);

        public IReadOnlyList<string> Violations => _violations;

        public async Task CallAsync(int caller)
        {
            for (var call = caller * 17; !IsOver; call++)
            {
                var number = call % GrainCount;
                var living = cluster.Living;
                var silo = living[(call / GrainCount) % living.Count];
                try
                {
                    var began = Volatile.Read(ref _latest[number]);
                    var answered = await cluster.AskAsync(silo, grains => grains.GetGrain<ILifeGrain>(_keys[number]).IncarnationAsync());
                    Note(number, began, answered);
                }
                catch (Exception fault) when (IsFault(fault))
                {
                    // The silo that was asked stops or dies.
                    await cluster.DelayAsync(Pause);
                }

                await cluster.DelayAsync(Pause);
            }
        }

        /// <summary>Waits until all grains answer through all living silos, and the callers have gone round: the last change is dealt with.</summary>
        public async Task SettleAsync()
        {
            await AskAllAsync();
            var enough = _answers + (GrainCount * 3);
            for (var wait = 0; wait < 2_000 && _answers < enough; wait++)
            {
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(10));
            }
        }

        private static bool IsFault(Exception fault) =>
            fault is OrleansException or TimeoutException or SiloCrashedException or ObjectDisposedException or InvalidOperationException;

        private async Task AskAllAsync()
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await Task.WhenAll(cluster.Living.SelectMany(silo => _keys.Select(key => cluster.AskAsync(silo, grains => grains.GetGrain<ILifeGrain>(key).IncarnationAsync()))));
                    return;
                }
                catch (Exception fault) when (attempt < 100 && IsFault(fault))
                {
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(200));
                }
            }
        }

        private void Note(int number, int before, int answered)
        {
            lock (_lock)
            {
                _answers++;
                if (answered < before)
                {
                    _violations.Add($"{_keys[number]}: activation {answered} answered a call that began after {before} had answered.");
                }

                Volatile.Write(ref _latest[number], Math.Max(_latest[number], answered));
            }
        }
    }
}

[Collection(ContractCollection.Name)]
public sealed class MembershipOnOrleans(OrleansHost host) : MembershipContract(host);

public sealed class MembershipInSimulation() : MembershipContract(new SimulatedHost());

public interface ILocalGrain : IGrainWithStringKey
{
    Task<string> SiloAsync();
}

[GrainType("contract-local"), PreferLocalPlacement]
public sealed class LocalGrain(ILocalSiloDetails silo) : Grain, ILocalGrain
{
    public Task<string> SiloAsync() => Task.FromResult(silo.SiloAddress.ToString());
}
