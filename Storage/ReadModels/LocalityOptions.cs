using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;

namespace ActorShop.Storage.ReadModels;

/// <summary>Where the shop is. The same in all silos: lists and reports are made anew after a change.</summary>
public sealed class LocalityOptions : IValidatableObject
{
    public const string Section = "Shop";

    /// <summary>The language whose rules sort names.</summary>
    /// <value><c>en</c></value>
    [Required]
    public string Locale { get; set; } = "en";

    /// <summary>The time zone of the days and months in reports, by its IANA name.</summary>
    /// <value><c>UTC</c></value>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (!"é".Normalize(NormalizationForm.FormD).Contains('e', StringComparison.Ordinal))
        {
            yield return new("Search and sorting need ICU: install it (libicu), and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
            yield break;
        }

        if (!IsLanguage(Locale))
        {
            yield return new($"{Section}:{nameof(Locale)} must be a language, such as en, de or sv-FI.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) || !zone.HasIanaId)
        {
            yield return new($"{Section}:{nameof(TimeZone)} must be the IANA name of a time zone, such as Europe/Berlin.");
        }
    }

    private static bool IsLanguage(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
