using ActorShop.Health;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Simulation.Shop;

/// <summary>Runs the shop's health agent in a simulated silo, as a thread does in production.</summary>
internal sealed class SiloHealth(SimulatedSilo silo) : IMembershipReader, IOtherMembers
{
    /// <summary>How long after a silo was declared dead it may still answer: the agent's window, on a clock that may be slow, and the answer's way.</summary>
    public static readonly TimeSpan StaleFor = new HealthOptions().AnswerWindow + TimeSpan.FromMilliseconds(150);

    /// <summary>Adds the agent and its filter to a silo.</summary>
    public static void Configure(IServiceCollection services, SimulatedSilo silo)
    {
        var health = new SiloHealth(silo);
        services.AddSingleton(provider => new HealthAgent(new HealthOptions(), health, health, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IIncomingGrainCallFilter, CutOffFilter>();
    }

    /// <summary>Runs the agent until the process ends.</summary>
    public static async Task RunAsync(HealthAgent agent, SimulatedSilo silo, TimeProvider time)
    {
        while (await agent.StepAsync(CancellationToken.None) is HealthVerdict.Stay)
        {
            await Task.Delay(new HealthOptions().ReadEvery, time);
        }

        silo.Exit(agent.Reason);
    }

    public async ValueTask<Membership> ReadAsync(CancellationToken cancellationToken) =>
        await silo.ReadMembershipAsync() ? Membership.Member : Membership.Dead;

    public async ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken) => await silo.AnotherReadsMembershipAsync();
}
