using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires a currency in circulation.</summary>
internal sealed class CurrencyAttribute : StringLengthAttribute, ISchemaRule
{
    public CurrencyAttribute()
        : base(3) => MinimumLength = 3;

    /// <summary>Whether a currency that was withdrawn from circulation is accepted too.</summary>
    public bool AllowWithdrawn { get; init; }

    /// <summary>Requires a currency that is in circulation or was.</summary>
    public static Violation? CheckKnown(string code) =>
        Currency.IsKnown(code) ? null : new Violation("unknown_currency", "Must be an ISO 4217 currency code, such as GBP.");

    /// <summary>Refuses a currency that was withdrawn from circulation. Unknown codes pass.</summary>
    public static Violation? CheckCirculation(string code, string at = "") => Currency.IsKnown(code) && !Currency.Exists(code)
        ? new Violation("unknown_currency", "Must be a currency in circulation.", at)
        : null;

    public void Describe(OpenApiSchema schema) => schema.Pattern = "^[A-Z]*$";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        CheckKnown((string)value!) ?? (AllowWithdrawn ? null : CheckCirculation((string)value!));
}
