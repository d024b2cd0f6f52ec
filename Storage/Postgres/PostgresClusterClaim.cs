using Microsoft.Extensions.Hosting;

namespace ActorShop.Storage.Postgres;

/// <summary>Claims the database for a cluster when its host starts, before the silo joins: a database serves one cluster at a time.</summary>
/// <remarks>
/// Another cluster's claim holds while one of its silos lives, and for a moment after each claim, in which whoever made it has not joined yet.
/// So a cluster can be given another name, or another engine, when all its silos are stopped, and never beside one that runs.
/// </remarks>
internal sealed class PostgresClusterClaim(PostgresDatabase database, string clusterId) : IHostedService
{
    // A silo that does not live any more is dead in its own table. One whose whole cluster was killed at once has nobody who would say so: then
    // its last sign counts. The embedded engine gives one twice a second, Orleans every half a minute.
    private const string Living =
        """
        select c.id, (c.claimed_at > now() - interval '10 seconds')::integer
                     + (select count(*) from membership m
                        where m.deployment_id = c.id and m.status <> 6
                          and m.alive_time > now() - case when m.renewals > 0 then interval '10 seconds' else interval '90 seconds' end)
        from cluster c
        for update of c
        """;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => database.ChangeAsync(async change =>
    {
        await change.ExecuteAsync("insert into cluster (id, claimed_at) values ($1, now()) on conflict do nothing", clusterId);
        var (owner, signs) = (await change.SelectAsync(Living, static row => (row.GetString(0), row.GetInt64(1))))[0];
        if (!string.Equals(owner, clusterId, StringComparison.Ordinal) && signs > 0)
        {
            throw new OrleansConfigurationException(
                $"The database is used by the cluster \"{owner}\", and this is \"{clusterId}\": a database serves one cluster at a time. Stop its silos, or mend Cluster:ClusterId.");
        }

        return await change.ExecuteAsync("update cluster set id = $1, claimed_at = now()", clusterId);
    });

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
