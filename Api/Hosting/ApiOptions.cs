using System.Net;

namespace ActorShop.Api.Hosting;

/// <summary>The addresses, limits and defaults of the API.</summary>
public sealed class ApiOptions : IValidatableObject
{
    public const string Section = "Api";

    /// <summary>The public address, for customers and programs.</summary>
    /// <value><c>127.0.0.1:8080</c></value>
    /// <remarks>Put a proxy with TLS in front of an address that others can reach. Port 0 is any free one; <c>--urls</c> is another way to set it.</remarks>
    [Required]
    public string Public { get; set; } = "127.0.0.1:8080";

    /// <summary>The operators' address: their page, health details and the dashboard.</summary>
    /// <value><c>127.0.0.1:8081</c></value>
    /// <remarks>Health is not authenticated: use an address that only operators can reach.</remarks>
    [Required]
    public string Operators { get; set; } = "127.0.0.1:8081";

    /// <summary>The default currency of lists and reports.</summary>
    /// <value><c>GBP</c></value>
    [Required]
    public string Currency { get; set; } = "GBP";

    /// <summary>How long the API waits for an imported order to settle before it answers 202.</summary>
    /// <value>5 seconds.</value>
    /// <remarks>Longer: fewer clients have to ask again. Shorter: fewer connections wait while the payment provider is slow.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan OrderBudget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the API repeats a request that a lost silo failed, if a client may repeat it too.</summary>
    /// <value>4 seconds: longer than the cluster takes to evict a lost silo.</value>
    /// <remarks>Longer: fewer clients get a 503. Shorter: a client learns sooner that the shop is unavailable.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan RepeatFor { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How many requests the API serves at a time. It refuses the next one with 503.</summary>
    /// <value>2,000.</value>
    /// <remarks>More: a longer rush is served, and every answer takes longer. Fewer: overload is answered sooner.</remarks>
    [Range(1, 1_000_000)]
    public int MaxRequests { get; set; } = 2_000;

    /// <summary>The secret that authenticates the cursors of lists. All API processes of a shop need the same one.</summary>
    /// <value>None: the shop makes a secret and stores it with its data.</value>
    /// <remarks>Another secret makes all cursors invalid that clients have at that moment.</remarks>
    [MinLength(32)]
    public string? CursorSecret { get; set; }

    /// <summary>The proxies whose <c>X-Forwarded-For</c> names the address of a caller, as addresses or networks such as <c>10.0.0.0/8</c>.</summary>
    /// <value>None: the address is that of the connection.</value>
    /// <remarks>A proxy that is missing here counts as one caller, with all who come through it. Any client could name another address if its own network were listed.</remarks>
    public IList<string> Proxies { get; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (!IsEndpoint(Public) || !IsEndpoint(Operators))
        {
            yield return new("Api:Public (or --urls) and Api:Operators must each be an IP address and a port, such as 127.0.0.1:8080.");
        }
        else if (IPEndPoint.Parse(Public).Port is > 0 and var port && port == IPEndPoint.Parse(Operators).Port)
        {
            yield return new("Api:Public and Api:Operators must have different ports.");
        }

        foreach (var proxy in Proxies.Where(static proxy => Limits.Proxies.Parse(proxy) is null))
        {
            yield return new($"Api:Proxies: '{proxy}' is not an IP address or a network, such as 10.0.0.0/8.");
        }

        if (!ActorShop.Currency.Exists(Currency))
        {
            yield return new("Api:Currency must be an ISO 4217 currency code, such as GBP.");
        }
    }

    // An address alone is an endpoint with the port 0 to the framework.
    private static bool IsEndpoint(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) && (endpoint.Port != 0 || text.EndsWith(":0", StringComparison.Ordinal));
}
