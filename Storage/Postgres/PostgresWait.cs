using Microsoft.Extensions.Hosting;

namespace ActorShop.Storage.Postgres;

/// <summary>Waits for the database when its host starts.</summary>
internal sealed class PostgresWait(PostgresDatabase database) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => database.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
