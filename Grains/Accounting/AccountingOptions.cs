using System.ComponentModel.DataAnnotations;

namespace ActorShop.Accounting;

public sealed class AccountingOptions
{
    public const string Section = "Accounting";

    /// <summary>When an entry is resumed if the activation that restocks its units is lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromSeconds(10);
}
