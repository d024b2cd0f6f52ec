using ActorShop.Payments;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Client;
using ActorShop.PaymentSimulator.Journal;
using Microsoft.Extensions.Options;

namespace ActorShop.PaymentSimulator;

/// <summary>Adds the simulated provider to a host: as the provider itself, or as the way to one in another process.</summary>
public static class PaymentSimulatorHosting
{
    /// <summary>The provider with its journal file, in this process. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPaymentSimulator(this IServiceCollection services)
    {
        services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IJournal>(static provider =>
            new FileJournal(provider.GetRequiredService<IOptions<SimulatorOptions>>().Value.JournalPath));
        services.AddSingleton(static provider => new Acquirer(
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<SimulatorOptions>>().Value));
        return services;
    }

    /// <summary>Lets the shop's payments go to the provider in this process.</summary>
    public static IServiceCollection AddSimulatedPayments(this IServiceCollection services)
    {
        services.AddPaymentSimulator();
        services.AddSingleton<IPaymentProvider>(static provider => new SimulatedPaymentProvider(
            provider.GetRequiredService<Acquirer>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<SimulatorOptions>>().Value));
        return services;
    }

    /// <summary>Lets the shop's payments go to a provider over HTTP. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddHttpPayments(this IServiceCollection services)
    {
        services.AddOptions<HttpPaymentOptions>().BindConfiguration(HttpPaymentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IPaymentProvider>(static provider => new HttpPaymentProvider(
            provider.GetRequiredService<IOptions<HttpPaymentOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
