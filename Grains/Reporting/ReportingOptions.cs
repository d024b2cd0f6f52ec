using System.ComponentModel.DataAnnotations;

namespace ActorShop.Reporting;

public sealed class ReportingOptions
{
    public const string Section = "Reporting";

    /// <summary>How many events one transaction projects.</summary>
    /// <remarks>More is faster on a backlog; fewer keeps each transaction, and what waits for it, short.</remarks>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How many batches one round projects at most.</summary>
    [Range(1, 1_000)]
    public int BatchesPerRound { get; set; } = 20;

    /// <summary>The pause while there is a backlog.</summary>
    /// <remarks>Shorter makes lists fresher; longer makes batches fuller and leaves the store to the shop.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan BusyPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The pause while there is no backlog.</summary>
    /// <remarks>Shorter makes the first event after a lull show sooner; longer asks an idle store less often.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan IdlePause { get; set; } = TimeSpan.FromMilliseconds(500);
}
