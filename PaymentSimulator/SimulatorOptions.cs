using System.ComponentModel.DataAnnotations;

namespace ActorShop.PaymentSimulator;

public sealed class SimulatorOptions
{
    public const string Section = "PaymentSimulator";

    /// <summary>The file of the journal.</summary>
    [Required]
    public string JournalPath { get; set; } = "data/payments.ndjson";

    /// <summary>How long the decision on a late token takes.</summary>
    /// <remarks>By default longer than a checkout waits.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a caller in the same process waits for an answer that does not arrive. Over HTTP the caller's own timeout counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The most operations in the book. Further ones are refused.</summary>
    [Range(1, 100_000_000)]
    public int MaxOperations { get; set; } = 2_000_000;
}
