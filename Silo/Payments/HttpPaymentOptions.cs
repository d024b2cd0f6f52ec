using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo.Payments;

public sealed class HttpPaymentOptions : IValidatableObject
{
    public const string Section = "Payments";

    /// <summary>The address of the provider.</summary>
    [Required]
    public Uri Url { get; set; } = new("http://127.0.0.1:8090");

    /// <summary>The timeout of a request. After it the outcome is unknown and is looked up by its key.</summary>
    /// <remarks>A longer timeout causes fewer look-ups by key. A shorter one lets a checkout with a slow provider end within its own timeout.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The most requests at a time. Further requests wait for a connection within their timeout.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 256;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https"))
        {
            yield return new("Payments:Url must be an address such as http://127.0.0.1:8090.");
        }
    }
}
