using System.ComponentModel.DataAnnotations;

namespace ActorShop;

/// <summary>How a silo resumes due work.</summary>
public sealed class DueWorkOptions
{
    public const string Section = "DueWork";

    /// <summary>The pause between two reads of the index of due work.</summary>
    /// <remarks>A shorter pause resumes abandoned work sooner. Each silo reads the index this often.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a taken grain is left to the silo that took it. A grain that is still due afterwards is resumed again.</summary>
    /// <remarks>A shorter lease retries failed work sooner, and more of it twice.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many grains a silo resumes at a time.</summary>
    /// <remarks>More clears a backlog sooner; fewer leaves more capacity to customers meanwhile.</remarks>
    [Range(1, 1_024)]
    public int Parallelism { get; set; } = 64;

    /// <summary>How many due grains one read takes.</summary>
    /// <remarks>With more, work behind many failing grains is reached sooner; with fewer, other silos get their share.</remarks>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 512;
}
