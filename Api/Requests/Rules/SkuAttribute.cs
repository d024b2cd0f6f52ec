using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires a SKU.</summary>
internal sealed class SkuAttribute : StringLengthAttribute, ISchemaRule
{
    /// <summary>A SKU of the sample catalogue.</summary>
    public const string Example = "MUG-ENA-BLU";

    public SkuAttribute()
        : base(Sku.MaxLength) => MinimumLength = 1;

    /// <summary>Whether the member only refers to a SKU, which may be one that could not be created today.</summary>
    public bool IsReference { get; init; }

    public static Violation? Check(string? text) => Violation.Of(Sku.Check(text));

    public static Violation? CheckReference(string? text) => Sku.MayBeStored(text) ? null : Check(text);

    public void Describe(OpenApiSchema schema) => schema.Pattern = IsReference ? TextPatterns.SkuReference : TextPatterns.Sku;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        IsReference ? CheckReference(value as string) : Check(value as string);
}
