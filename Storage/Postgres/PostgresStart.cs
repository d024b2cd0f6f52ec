namespace ActorShop.Storage.Postgres;

/// <summary>Checks the database before the silo does anything else: a schema or a setting that cannot work ends the start with its reason.</summary>
internal sealed class PostgresStart(PostgresDatabase database) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PostgresStart), ServiceLifecycleStage.RuntimeInitialize, database.StartAsync);
}
