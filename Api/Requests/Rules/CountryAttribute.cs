namespace ActorShop.Api;

internal sealed class CountryAttribute : StringLengthAttribute
{
    public CountryAttribute()
        : base(2) => MinimumLength = 2;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Country.Exists((string)value!) ? null : new Violation("invalid_value", "Must be an ISO 3166 country code, such as GB.");
}
