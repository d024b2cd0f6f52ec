using Microsoft.OpenApi;

namespace ActorShop.Api;

internal sealed class CountryAttribute : StringLengthAttribute, ISchemaRule
{
    public CountryAttribute()
        : base(2) => MinimumLength = 2;

    public void Describe(OpenApiSchema schema) => schema.Pattern = "^[A-Z]*$";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Country.Exists((string)value!) ? null : new Violation("invalid_value", "Must be an ISO 3166 country code, such as GB.");
}
