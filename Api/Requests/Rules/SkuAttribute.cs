using Microsoft.OpenApi;

namespace ActorShop.Api;

internal sealed class SkuAttribute : StringLengthAttribute, ISchemaRule
{
    /// <summary>A SKU of the sample catalogue.</summary>
    public const string Example = "MUG-ENA-BLU";

    public const string Message = "Must be 1 to 64 printable characters without '/', and without a space at either end.";

    public SkuAttribute()
        : base(64) => MinimumLength = 1;

    public void Describe(OpenApiSchema schema) => schema.Pattern = @"^(?! )(?!.* $)[^/\0-\x1f\x7f-\xa0]*$";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => Check(value as string);

    public static Violation? Check(string? text) => Sku.TryParse(text, out _) ? null : new Violation("invalid_sku", Message);
}
