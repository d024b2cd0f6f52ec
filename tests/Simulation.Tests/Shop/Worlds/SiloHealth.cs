using ActorShop.Health;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Simulation.Shop;

/// <summary>Runs the shop's health agent in a simulated silo, as a thread does in production.</summary>
internal sealed class SiloHealth(SimulatedSilo silo) : IMembershipReader, IOtherMembers
{
    private static readonly HealthOptions Defaults = new();

    /// <summary>How long after a silo was declared dead it may still answer: the agent's window, on a clock that may be slow, and the answer's way.</summary>
    public static readonly TimeSpan StaleFor = Defaults.AnswerWindow + TimeSpan.FromMilliseconds(150);

    public static void Configure(IServiceCollection services, SimulatedSilo silo, TimeSpan leaveAfter)
    {
        var health = new SiloHealth(silo);
        var options = new HealthOptions { LeaveAfter = leaveAfter };
        services.AddSingleton(provider => new HealthAgent(options, health, health, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IIncomingGrainCallFilter, CutOffFilter>();
    }

    public static async Task RunAsync(HealthAgent agent, SimulatedSilo silo, SimulatedWorld world, TimeProvider time)
    {
        HealthVerdict verdict;
        while ((verdict = await agent.StepAsync(CancellationToken.None)) is HealthVerdict.Stay)
        {
            await Task.Delay(Defaults.ReadEvery, time);
        }

        if (verdict is HealthVerdict.Leave && world.IsTableAway)
        {
            world.Receipts.Report($"NoSiloLeavesForNothing: silo {silo.Number} leaves, and no other one reads the membership table. {agent.Reason}");
        }

        silo.Crash();
    }

    public async ValueTask<Membership> ReadAsync(CancellationToken cancellationToken) =>
        await silo.ReadMembershipAsync() ? Membership.Member : Membership.Dead;

    public async ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken) =>
        await silo.AnyOtherAsync(static other => other.Runtime!.Services.GetRequiredService<HealthAgent>().ReadsSteadily);
}
