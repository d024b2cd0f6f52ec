using Microsoft.OpenApi;

namespace ActorShop.Api;

internal sealed class CurrencyAttribute : StringLengthAttribute, ISchemaRule
{
    public CurrencyAttribute()
        : base(3) => MinimumLength = 3;

    public void Describe(OpenApiSchema schema) => schema.Pattern = "^[A-Z]*$";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => Check((string)value!);

    public static Violation? Check(string code) =>
        Currency.Exists(code) ? null : new Violation("unknown_currency", "Must be an ISO 4217 currency code, such as GBP.");
}
