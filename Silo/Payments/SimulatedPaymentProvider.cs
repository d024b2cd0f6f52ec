using ActorShop.Payments;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;

namespace ActorShop.Silo.Payments;

/// <summary>Reaches the simulated provider in the shop's own process.</summary>
public sealed class SimulatedPaymentProvider(Acquirer acquirer, TimeProvider clock, SimulatorOptions options) : IPaymentProvider
{
    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public async Task<ProviderAnswer> FindAsync(string key) =>
        await acquirer.FindAsync(key) is { } ruling ? ruling.ToAnswer() : new ProviderAnswer.NotFound();
}
