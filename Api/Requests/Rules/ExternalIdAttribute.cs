using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires an id chosen by the client: one line without invisible characters and without a space at either end.</summary>
internal sealed class ExternalIdAttribute : StringLengthAttribute, ISchemaRule
{
    private const int MaxLength = 128;

    public ExternalIdAttribute()
        : base(MaxLength) => MinimumLength = 1;

    public void Describe(OpenApiSchema schema) => schema.Pattern = TextPatterns.Id;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text ? Violation.Of(PlainText.CheckId(text, MaxLength)) : ValidationResult.Success;
}
