using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>PostgreSQL refused a statement: a missing table, a broken constraint, no more disk. Nothing of the statement was done.</summary>
[GenerateSerializer]
[Alias("storage.postgres-fault")]
public sealed class PostgresFaultException : OrleansException
{
    internal PostgresFaultException(PostgresException refusal)
        : base($"PostgreSQL: {refusal.MessageText} ({refusal.SqlState}).", TravellingCause.Of(refusal)) => SqlState = refusal.SqlState;

    /// <summary>The five characters by which PostgreSQL names the reason.</summary>
    [Id(0)]
    public string SqlState { get; }
}
