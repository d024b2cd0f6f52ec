using System.ComponentModel.DataAnnotations;

namespace ActorShop.Orders;

/// <summary>Settings of orders and their sagas.</summary>
public sealed class OrdersOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orders";

    /// <summary>How long a saga may try to confirm; after that it only compensates.</summary>
    /// <value>15 minutes.</value>
    /// <remarks>Longer: it outlasts longer outages of the payment provider. Shorter: units return to stock sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long units stay reserved; longer than <see cref="Deadline"/>.</summary>
    /// <value>30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:20", "2.00:00:00")]
    public TimeSpan ReservationLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an operation on an order waits for its end before it answers that it is pending.</summary>
    /// <value>5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When the worker of due work resumes an unfinished order whose activation may be lost.</summary>
    /// <value>10 seconds.</value>
    /// <remarks>Longer: fewer needless calls. Shorter: sagas of a lost silo continue sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after a first attempt without an outcome; it doubles with each further one.</summary>
    /// <value>Half a second.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RetryFrom { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause between attempts.</summary>
    /// <value>30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RetryTo { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether prices contain the tax.</summary>
    /// <value>True.</value>
    public bool TaxInclusive { get; set; } = true;
}
