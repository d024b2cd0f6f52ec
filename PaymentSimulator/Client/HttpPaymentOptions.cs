using System.ComponentModel.DataAnnotations;

namespace ActorShop.PaymentSimulator.Client;

/// <summary>How the provider is reached over HTTP.</summary>
public sealed class HttpPaymentOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Payments";

    /// <summary>Where the provider listens.</summary>
    /// <value><c>http://127.0.0.1:8090</c>.</value>
    [Required]
    public Uri Url { get; set; } = new("http://127.0.0.1:8090");

    /// <summary>How long an answer is waited for; after that the outcome is unknown, and asked for by its key.</summary>
    /// <value>Three seconds.</value>
    /// <remarks>Longer: fewer questions by key. Shorter: a checkout with a slow provider settles within its budget of five.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many requests may be under way; further ones wait for their turn within their time-out.</summary>
    /// <value>256.</value>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 256;
}
