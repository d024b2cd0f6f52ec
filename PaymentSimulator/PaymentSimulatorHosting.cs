using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using Microsoft.Extensions.Options;

namespace ActorShop.PaymentSimulator;

/// <summary>Adds the simulated payment provider to a host.</summary>
public static class PaymentSimulatorHosting
{
    /// <summary>Adds the provider with its journal file. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPaymentSimulator(this IServiceCollection services)
    {
        services.AddSettings<SimulatorOptions>(SimulatorOptions.Section);
        services.AddSingleton<IJournal>(static provider =>
            new FileJournal(provider.GetRequiredService<IOptions<SimulatorOptions>>().Value.JournalPath));
        services.AddSingleton(static provider => new Acquirer(
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<SimulatorOptions>>().Value));
        return services;
    }
}
