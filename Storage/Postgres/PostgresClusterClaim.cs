namespace ActorShop.Storage.Postgres;

/// <summary>Claims the database for a cluster when its host starts, before the silo joins: a database serves one cluster at a time.</summary>
/// <remarks>
/// A claim holds while a silo of its cluster is alive, and for ten seconds after it was made, because the silo that made it has not joined
/// yet. To give a cluster another name, stop all its silos first.
/// </remarks>
internal sealed class PostgresClusterClaim(PostgresDatabase database, string clusterId)
{
    // Where a whole cluster is killed, no silo declares the others dead. Orleans writes alive_time every 30 seconds by default.
    private const string Signs =
        """
        select c.id, (c.claimed_at > now() - interval '10 seconds')::integer
                     + (select count(*) from membership m
                        where m.deployment_id = c.id and m.status <> 6 and m.alive_time > now() - interval '90 seconds')
        from cluster c
        for update of c
        """;

    public Task ClaimAsync() => database.ChangeAsync(async session =>
    {
        await session.ExecuteAsync($"insert into cluster (id, claimed_at) values ({clusterId}, now()) on conflict do nothing");
        var (owner, signs) = (await session.SelectAsync(Sql.Text(Signs), static row => (row.Text(0), row.Long(1))))[0];
        if (!string.Equals(owner, clusterId, StringComparison.Ordinal) && signs > 0)
        {
            throw new OrleansConfigurationException(
                $"The database is used by the cluster \"{owner}\", and this is \"{clusterId}\": a database serves one cluster at a time. Stop its silos, or correct Cluster:ClusterId.");
        }

        return await session.ExecuteAsync($"update cluster set id = {clusterId}, claimed_at = now()");
    });
}
