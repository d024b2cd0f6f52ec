using System.ComponentModel.DataAnnotations;

namespace ActorShop.PaymentSimulator;

/// <summary>How the simulated provider behaves.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "PaymentSimulator";

    /// <summary>The journal's file.</summary>
    /// <value><c>data/payments.ndjson</c>.</value>
    [Required]
    public string JournalPath { get; set; } = "data/payments.ndjson";

    /// <summary>How long a late token takes to be decided.</summary>
    /// <value>Eight seconds: longer than a checkout waits.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long an answer that times out is held back: in process until the caller gives up, over HTTP until the connection ends.</summary>
    /// <value>Three seconds in process; over HTTP the caller's own time-out decides if it is shorter.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many operations the book keeps; the next one is refused.</summary>
    /// <value>Two million, about a gigabyte of memory.</value>
    [Range(1, 100_000_000)]
    public int MaxOperations { get; set; } = 2_000_000;
}
