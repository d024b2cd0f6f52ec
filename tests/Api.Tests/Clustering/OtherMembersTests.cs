using ActorShop.Health;
using ActorShop.Silo.Clustering;
using ActorShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace ActorShop.Api.Clustering;

/// <summary>
/// Goal: a silo learns whether another one reads the membership table. Method: silos in the test process, the first of which asks; the test makes
/// each agent read.
/// </summary>
public sealed class OtherMembersTests : IAsyncLifetime
{
    private static readonly HealthOptions Options = new() { AnswerWindow = TimeSpan.FromSeconds(10), LeaveAfter = TimeSpan.FromSeconds(12) };

    private readonly ManualTime _time = new();
    private InProcessTestCluster? _cluster;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task AnotherSilo_ReadsTheTable()
    {
        await StartAsync(silos: 2);
        await ReadSteadilyAsync(silo: 1);

        (await AskAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task AnotherSilo_DoesNotCount_WhileItHasReadOnlyOnce()
    {
        await StartAsync(silos: 2);
        await AgentOf(1).StepAsync(CancellationToken.None);

        (await AskAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task OwnReads_DoNotCount()
    {
        await StartAsync(silos: 2);
        await ReadSteadilyAsync(silo: 0);

        (await AskAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task MemberWithoutTheService_DoesNotHideTheOthers()
    {
        await StartAsync(silos: 3, withoutService: 1);
        (await AskAsync()).ShouldBeFalse();

        await ReadSteadilyAsync(silo: 2);

        (await AskAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task KilledSilo_DoesNotCount()
    {
        await StartAsync(silos: 2);
        await ReadSteadilyAsync(silo: 1);
        var asking = new OtherMembers(SiloOf(0).ServiceProvider);
        await _cluster!.KillSiloAsync(SiloOf(1));

        (await asking.AnyReadsTheTableAsync(CancellationToken.None)).ShouldBeFalse();
    }

    private async Task StartAsync(short silos, int? withoutService = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            var table = new Table();
            silo.Services.AddSingleton(new HealthAgent(Options, table, table, _time));
            if (!options.SiloName.EndsWith($"{withoutService ?? silos}", StringComparison.Ordinal))
            {
                silo.AddGrainService<HealthService>();
            }
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private InProcessSiloHandle SiloOf(int number) => _cluster!.Silos.Single(silo => silo.Name.EndsWith($"{number}", StringComparison.Ordinal));

    private HealthAgent AgentOf(int silo) => SiloOf(silo).ServiceProvider.GetRequiredService<HealthAgent>();

    private async Task ReadSteadilyAsync(int silo)
    {
        await AgentOf(silo).StepAsync(CancellationToken.None);
        await _time.AdvanceAsync(TimeSpan.FromSeconds(6));
        await AgentOf(silo).StepAsync(CancellationToken.None);
    }

    private Task<bool> AskAsync() => new OtherMembers(SiloOf(0).ServiceProvider).AnyReadsTheTableAsync(CancellationToken.None).AsTask();

    private sealed class Table : IMembershipReader, IOtherMembers
    {
        public ValueTask<Membership> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Membership.Member);

        public ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
