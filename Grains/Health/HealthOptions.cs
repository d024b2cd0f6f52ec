using System.ComponentModel.DataAnnotations;

namespace ActorShop.Health;

/// <summary>When a silo that cannot read the membership table stops answering, and when it leaves the cluster.</summary>
public sealed class HealthOptions
{
    public const string Section = "Cluster:Health";

    /// <summary>How often a silo reads the membership table.</summary>
    /// <remarks>A shorter period leaves more time for a slow read within <see cref="AnswerWindow"/>. A longer one reads the database less often.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The greatest age of the last successful read at which the silo still answers. It bounds how stale an answer can be.</summary>
    /// <remarks>A longer window answers through a slow database or a busy machine. A shorter one stops an evicted silo sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.25", "00:01:00")]
    public TimeSpan AnswerWindow { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The age of the last successful read at which the silo asks the others whether they can read the table. It leaves if one can.</summary>
    /// <remarks>A longer time survives a short break of one silo's network without a restart. A shorter one moves its grains sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the silo asks the others.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The conflict between two values; null if there is none.</summary>
    public string? Check() => this switch
    {
        _ when AnswerWindow <= ReadEvery => $"{Section}:{nameof(AnswerWindow)} is longer than {nameof(ReadEvery)}.",
        _ when LeaveAfter <= AnswerWindow => $"{Section}:{nameof(LeaveAfter)} is longer than {nameof(AnswerWindow)}.",
        _ => null,
    };
}
