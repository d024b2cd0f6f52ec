using System.ComponentModel.DataAnnotations;

namespace ActorShop.Accounting;

/// <summary>Settings of the account book.</summary>
public sealed class AccountingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Accounting";

    /// <summary>When an entry is resumed if the activation that restocks its units is lost.</summary>
    /// <value>10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromSeconds(10);
}
