namespace ActorShop.Api;

internal sealed class CurrencyAttribute : StringLengthAttribute
{
    public CurrencyAttribute()
        : base(3) => MinimumLength = 3;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => Check((string)value!);

    public static Violation? Check(string code) =>
        Currency.Exists(code) ? null : new Violation("unknown_currency", "Must be an ISO 4217 currency code, such as GBP.");
}
