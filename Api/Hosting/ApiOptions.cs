using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ActorShop.Api.Hosting;

/// <summary>Where the API listens and what it assumes.</summary>
public sealed class ApiOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Api";

    /// <summary>Where customers and programs reach it.</summary>
    /// <value><c>127.0.0.1:8080</c></value>
    /// <remarks>An address that others reach wants something in front that speaks TLS.</remarks>
    [Required]
    public string Public { get; set; } = "127.0.0.1:8080";

    /// <summary>Where operators reach it: health in detail, the status page.</summary>
    /// <value><c>127.0.0.1:8081</c></value>
    /// <remarks>Nothing here asks who is calling: leave it on an address that only operators reach.</remarks>
    [Required]
    public string Operators { get; set; } = "127.0.0.1:8081";

    /// <summary>The currency of lists and reports that name none.</summary>
    /// <value><c>GBP</c></value>
    [Required]
    public string Currency { get; set; } = "GBP";

    /// <summary>How long an order taken elsewhere may take to settle before it is answered with 202.</summary>
    /// <value>5 seconds.</value>
    /// <remarks>Longer: fewer clients have to ask again. Shorter: fewer connections wait while the payment provider is slow.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan OrderBudget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long readiness waits for the shop.</summary>
    /// <value>2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ReadinessBudget { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether readiness waits for the shop's first start to bring its sample catalogue.</summary>
    /// <value>True where the API hosts the shop; false where it asks a cluster, which has none unless somebody wants it.</value>
    public bool AwaitsFirstStart { get; set; } = true;

    /// <summary>What is wrong with the values together; null if nothing is.</summary>
    internal string? Check()
    {
        if (!IPEndPoint.TryParse(Public, out _) || !IPEndPoint.TryParse(Operators, out _))
        {
            return "Api:Public and Api:Operators are an IP address and a port, such as 127.0.0.1:8080.";
        }

        return ActorShop.Currency.Exists(Currency) ? null : "Api:Currency is no currency of ISO 4217.";
    }
}
