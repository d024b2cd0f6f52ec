using ActorShop.Payments;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;

namespace ActorShop.Silo.Payments;

/// <summary>The simulated payment provider in the shop's own process.</summary>
public sealed class SimulatedPaymentProvider(Acquirer acquirer, TimeProvider clock, SimulatorOptions options) : IPaymentProvider
{
    public async Task<ProviderAnswer> ExecuteAsync(ProviderOperation operation)
    {
        var ruling = await acquirer.ExecuteAsync(operation);
        if (!ruling.AnswerLost)
        {
            return ruling.ToAnswer();
        }

        await Task.Delay(options.AnswerTimeout, clock);
        return new ProviderAnswer.Unknown();
    }

    public async Task<ProviderAnswer> FindAsync(string key) =>
        await acquirer.FindAsync(key) is { } ruling ? ruling.ToAnswer() : new ProviderAnswer.NotFound();
}
