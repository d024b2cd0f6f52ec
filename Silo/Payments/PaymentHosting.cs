using ActorShop.Payments;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Payments;

public static class PaymentHosting
{
    /// <summary>Adds the provider at <c>Payments:Url</c>; without that setting, a simulated one in this process.</summary>
    public static WebApplicationBuilder AddPayments(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration[$"{HttpPaymentOptions.Section}:{nameof(HttpPaymentOptions.Url)}"] is { Length: > 0 })
        {
            builder.Services.AddSettings<HttpPaymentOptions>(HttpPaymentOptions.Section);
            builder.Services.AddSingleton<IPaymentProvider>(static provider => new HttpPaymentProvider(
                provider.GetRequiredService<IOptions<HttpPaymentOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        }
        else
        {
            builder.Services.AddPaymentSimulator();
            builder.Services.AddSingleton<IPaymentProvider>(static provider => new SimulatedPaymentProvider(
                provider.GetRequiredService<Acquirer>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IOptions<SimulatorOptions>>().Value));
            if (!builder.Environment.IsDevelopment())
            {
                builder.Services.AddHostedService<SimulationWarning>();
            }
        }

        return builder;
    }
}
