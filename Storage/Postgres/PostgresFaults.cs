using System.Net.Sockets;
using Npgsql;

namespace ActorShop.Storage.Postgres;

internal static class PostgresFaults
{
    /// <summary>Whether it is a failure of the driver, the server or the way to it, and no bug of ours.</summary>
    public static bool IsOfDatabase(Exception failure) => failure is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>Whether the server said no and lives on: then it is certain that the statement did nothing.</summary>
    /// <remarks>A server that ends a connection (classes 57P and 58, or above an error) may have committed before it said so.</remarks>
    public static bool IsRefusal(Exception failure, out PostgresException refusal)
    {
        refusal = (failure as PostgresException)!;
        return refusal is { InvariantSeverity: "ERROR" }
            && !refusal.SqlState.StartsWith("57P", StringComparison.Ordinal) && !refusal.SqlState.StartsWith("08", StringComparison.Ordinal);
    }

    public static StorageFaultException OfRefusal(PostgresException refusal) =>
        new($"PostgreSQL: {refusal.MessageText} ({refusal.SqlState}).", refusal.SqlState, refusal);

    /// <summary>The failure of something that changes nothing, or of which it is certain that it did not begin.</summary>
    /// <remarks>A question that the server cannot answer (classes 22 and 42) is a bug of ours: to repeat it is of no use.</remarks>
    public static Exception OfRead(Exception failure) => IsRefusal(failure, out var refusal)
        ? refusal.SqlState is ['2', '2', ..] or ['4', '2', ..] ? new InvalidOperationException(OfRefusal(refusal).Message, OfRefusal(refusal)) : OfRefusal(refusal)
        : new StorageUnavailableException($"PostgreSQL cannot be reached: {failure.Message}", failure);

    /// <summary>The failure of something that changes the database.</summary>
    public static Exception OfWrite(Exception failure) => IsRefusal(failure, out var refusal)
        ? OfRefusal(refusal)
        : new OutcomeUnknownException($"The connection was lost: whether the write is durable is unknown. {failure.Message}", failure);
}
