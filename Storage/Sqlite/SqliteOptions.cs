using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;

namespace ActorShop.Storage.Sqlite;

/// <summary>Where the SQLite database is, and how much memory it may use.</summary>
public sealed class SqliteOptions
{
    public const string Section = "Storage:Sqlite";

    /// <summary>The database file. A missing folder is created. The log and the lock are beside the file.</summary>
    /// <value><c>data/shop.db</c> below the working directory.</value>
    [Required]
    public string Path { get; set; } = "data/shop.db";

    /// <summary>Writes that may wait for the writer. Beyond it a write is rejected at once and does not happen.</summary>
    /// <remarks>Longer: fewer rejections in a burst, and longer waits in it; shorter: the reverse.</remarks>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 16_384;

    /// <summary>Writes that share one transaction and one flush at most.</summary>
    /// <remarks>More: more writes per flush; fewer: the first of a batch waits less for the last.</remarks>
    [Range(1, 100_000)]
    public int BatchLimit { get; set; } = 1_024;

    /// <summary>Reports and lists that may run at a time; others wait. Reads of single grains are not counted.</summary>
    [Range(1, 64)]
    public int ConcurrentQueries { get; set; } = 4;

    /// <summary>How long to wait for a lock of another program, such as an operator's shell. Rounded up to seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The page cache of the writer.</summary>
    [Range(64, 16_777_216)]
    public int WriterCacheKilobytes { get; set; } = 65_536;

    /// <summary>Pages of the log after which the log is copied into the database file.</summary>
    /// <value>16,384 pages, which are 64 MiB.</value>
    /// <remarks>More: hot pages are copied once for many writes. Fewer: a smaller log, and shorter pauses for the copy.</remarks>
    [Range(100, 1_000_000)]
    public int CheckpointPages { get; set; } = 16_384;

    internal string FullPath => System.IO.Path.GetFullPath(Path);

    internal string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = FullPath,
        Mode = mode,

        // The database keeps its sessions itself, with their prepared statements.
        Pooling = false,

        // Whole seconds, of which none would mean without end.
        DefaultTimeout = Math.Max(1, (int)Math.Ceiling(BusyTimeout.TotalSeconds)),
    }.ConnectionString;
}
