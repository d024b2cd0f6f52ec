using System.ComponentModel.DataAnnotations;

namespace ActorShop.Orders;

public sealed class OrdersOptions
{
    public const string Section = "Orders";

    /// <summary>How long a saga may try to confirm; after that it only compensates.</summary>
    /// <remarks>Longer: it outlasts longer outages of the payment provider. Shorter: units return to stock sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an operation on an order waits for its end before it answers that it is pending.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When the worker of due work resumes an unfinished order whose activation may be lost.</summary>
    /// <remarks>Longer: fewer needless calls. Shorter: sagas of a lost silo continue sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after a first attempt without an outcome; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RetryFrom { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause between attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RetryTo { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after placing customers may cancel an order that is not captured. Operators may always cancel.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan CancelWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether prices contain the tax.</summary>
    public bool TaxInclusive { get; set; } = true;
}
