using Microsoft.Extensions.Hosting;

namespace ActorShop.Storage.Postgres;

/// <summary>Something that the host waits for before it starts what is registered after this.</summary>
internal sealed class StartStep(Func<CancellationToken, Task> run) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => run(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
