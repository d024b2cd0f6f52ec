using System.ComponentModel.DataAnnotations;

namespace ActorShop.Storage.Postgres;

/// <summary>Where the PostgreSQL database is, and how much may wait for it.</summary>
public sealed class PostgresOptions
{
    public const string Section = "Storage:Postgres";

    /// <summary>An Npgsql connection string.</summary>
    [Required]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Whether a process brings the schema up to date when it starts.</summary>
    /// <value>False: the operator does so with <c>database migrate</c>, and a process refuses to start before it is done.</value>
    public bool MigrateAtStart { get; set; }

    /// <summary>How long a starting process waits for a database that does not answer yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether to run on a server whose settings let it lose what it acknowledged, such as <c>fsync = off</c>.</summary>
    /// <value>False: such a server is refused at the start. With true it is a warning.</value>
    public bool AllowLoss { get; set; }

    /// <summary>Writes that may wait. Beyond it a write is rejected at once and does not happen.</summary>
    /// <remarks>Longer: fewer rejections in a burst, and longer waits in it; shorter: the reverse.</remarks>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 16_384;

    /// <summary>Writes that share one round trip, one transaction and one flush at most.</summary>
    /// <value>256. With 1 each write goes by itself.</value>
    /// <remarks>More: more writes per flush; fewer: the first of a batch waits less for the last.</remarks>
    [Range(1, 10_000)]
    public int BatchLimit { get; set; } = 256;

    /// <summary>Batches under way at a time, each on a connection of its own. A further one begins only where 16 writes wait.</summary>
    /// <value>2: while one is flushed the next is executed.</value>
    /// <remarks>More: less waiting where the server is far away or has many processors; fewer: larger batches.</remarks>
    [Range(1, 64)]
    public int Writers { get; set; } = 2;

    /// <summary>Reports and lists that may run at a time; others wait. Reads of single grains are not counted.</summary>
    [Range(1, 64)]
    public int ConcurrentQueries { get; set; } = 4;

    /// <summary>Connections at most, where the connection string does not say.</summary>
    /// <value>20: several silos fit into the hundred connections that a server allows by default.</value>
    [Range(1, 1_000)]
    public int Connections { get; set; } = 20;
}
