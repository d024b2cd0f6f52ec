using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires the code of a category or the name of an account: 1 to 64 lower-case letters, digits or hyphens.</summary>
internal sealed class CodeAttribute : StringLengthAttribute, ISchemaRule
{
    /// <summary>A category of the sample catalogue.</summary>
    public const string Example = "tableware";

    private const int MaxLength = 64;

    public CodeAttribute()
        : base(MaxLength) => MinimumLength = 1;

    public string? Except { get; init; }

    public static bool IsCode(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public void Describe(OpenApiSchema schema)
    {
        schema.Pattern = "^[a-z0-9-]*$";
        schema.Not = Except is null ? null : new OpenApiSchema { Enum = [Except] };
    }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && IsCode(text) && !string.Equals(text, Except, StringComparison.Ordinal)
            ? ValidationResult.Success
            : new Violation(
                "invalid_value", "Must be 1 to 64 lower-case letters, digits or hyphens" + (Except is null ? "." : $", other than {Except}."));
}
