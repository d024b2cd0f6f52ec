using System.ComponentModel.DataAnnotations;

namespace ActorShop;

/// <summary>How the index of due work is watched.</summary>
public sealed class WakerOptions
{
    /// <summary>Where the configuration has it.</summary>
    public const string Section = "Waker";

    /// <summary>The time between two looks at a bucket.</summary>
    /// <value>5 seconds.</value>
    /// <remarks>Shorter resumes abandoned sagas sooner; longer asks the database less often: 64 buckets each ask this often.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many grains of one bucket are woken at a time.</summary>
    /// <value>32.</value>
    /// <remarks>More empties a backlog sooner; fewer leaves more of the shop to its customers meanwhile.</remarks>
    [Range(1, 1_024)]
    public int Parallelism { get; set; } = 32;

    /// <summary>How many due grains one look reads.</summary>
    /// <value>512.</value>
    /// <remarks>More lets work behind many failing grains be reached; fewer keeps a look short.</remarks>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 512;
}
