using ActorShop.Health;
using Orleans.Runtime.Services;

namespace ActorShop.Silo.Clustering;

/// <summary>Asks the other silos over the silo port whether they read the membership table.</summary>
/// <remarks>It resolves its services at each call, since the health agent is created before the silo.</remarks>
internal sealed class OtherMembers(IServiceProvider services) : IOtherMembers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken)
    {
        var self = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var client = new Client(services);
        var answers = services.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => !silo.Equals(self))
            .Select(silo => AskAsync(client.Of(silo), cancellationToken));
        return (await Task.WhenAll(answers)).Contains(true);
    }

    private static async Task<bool> AskAsync(IHealthService other, CancellationToken cancellationToken)
    {
        try
        {
            return await other.ReadsTheTableAsync().WaitAsync(Patience, cancellationToken);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // It has died, or it is an API, a member without this service.
            return false;
        }
    }

    private sealed class Client(IServiceProvider services) : GrainServiceClient<IHealthService>(services)
    {
        public IHealthService Of(SiloAddress silo) => GetGrainService(silo);
    }
}
