using ActorShop.Payments;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;

namespace ActorShop.Simulation.Shop;

/// <summary>A machine's way to the payment provider, who lives elsewhere and does what it heard, whatever becomes of the answer.</summary>
internal sealed class ProviderLink(Acquirer acquirer, Wire wire, TimeProvider time, SimulatorOptions options) : IPaymentProvider
{
    public async Task<ProviderAnswer> ExecuteAsync(ProviderOperation operation)
    {
        try
        {
            // The provider's journal is in memory, so its tasks have ended when they are returned.
            var ruling = await wire.AskAsync(() => acquirer.ExecuteAsync(operation).GetAwaiter().GetResult());
            if (!ruling.AnswerLost)
            {
                return ruling.ToAnswer();
            }

            await Task.Delay(options.AnswerTimeout, time);
            return new ProviderAnswer.Unknown();
        }
        catch (IOException)
        {
            return new ProviderAnswer.Unknown();
        }
    }

    public async Task<ProviderAnswer> FindAsync(string key)
    {
        try
        {
            return await wire.AskAsync(() => acquirer.FindAsync(key).GetAwaiter().GetResult()) is { } ruling
                ? ruling.ToAnswer()
                : new ProviderAnswer.NotFound();
        }
        catch (IOException)
        {
            return new ProviderAnswer.Unknown();
        }
    }
}
