using System.ComponentModel.DataAnnotations;

namespace ActorShop.Health;

/// <summary>When a silo that is cut off stops answering, and when it leaves.</summary>
public sealed class HealthOptions
{
    public const string Section = "Cluster:Health";

    /// <summary>How often a silo reads the membership table.</summary>
    /// <remarks>Shorter: the silo comes less near to <see cref="AnswerWindow"/>. Longer: fewer reads of one row.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How old the last good read may be when an answer is given. This bounds how stale a read can be.</summary>
    /// <remarks>
    /// Longer: a slow database or a busy machine does not stop answers. Shorter: a silo that was given up stops answering sooner.
    /// </remarks>
    [Range(typeof(TimeSpan), "00:00:00.25", "00:01:00")]
    public TimeSpan AnswerWindow { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long without a good read the silo asks the others whether they can read the table, and leaves if one can.</summary>
    /// <remarks>Longer: a short break of one silo's network costs no restart. Shorter: its grains move sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it asks the others.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with the values together; null if nothing is.</summary>
    public string? Check() => this switch
    {
        _ when AnswerWindow <= ReadEvery => $"{Section}:{nameof(AnswerWindow)} is longer than {nameof(ReadEvery)}.",
        _ when LeaveAfter <= AnswerWindow => $"{Section}:{nameof(LeaveAfter)} is longer than {nameof(AnswerWindow)}.",
        _ => null,
    };
}
