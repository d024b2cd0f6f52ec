using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires a text of one line within a length, not blank unless it may be empty.</summary>
internal class TextAttribute : StringLengthAttribute, ISchemaRule
{
    public TextAttribute(int minimum, int maximum)
        : base(maximum) => MinimumLength = minimum;

    public bool AllowLines { get; init; }

    public virtual void Describe(OpenApiSchema schema) =>
        schema.Pattern = $"^{(MinimumLength > 0 ? @"(?=[\s\S]*\S)" : string.Empty)}{Characters(AllowLines)}$";

    public OpenApiSchema ToSchema()
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = MinimumLength, MaxLength = MaximumLength };
        Describe(schema);
        return schema;
    }

    public Violation? Check(string text, string at) => Check(text, MinimumLength, MaximumLength, AllowLines, at);

    protected static string Characters(bool allowLines) => allowLines ? @"[^\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*" : @"[^\0-\x1f\x7f-\x9f]*";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text ? Check(text, MinimumLength, MaximumLength, AllowLines) : ValidationResult.Success;

    public static Violation? Check(string text, int minimum, int maximum, bool allowLines = false, string at = "")
    {
        if (text.Length < minimum || text.Length > maximum)
        {
            return new Violation(
                "wrong_length", string.Create(CultureInfo.InvariantCulture, $"Must have {minimum} to {maximum} characters."), at);
        }

        if (minimum > 0 && string.IsNullOrWhiteSpace(text))
        {
            return new Violation("blank", "Must not be blank.", at);
        }

        return text.Any(c => char.IsControl(c) && !(allowLines && c is '\n' or '\r' or '\t'))
            ? new Violation("control_character", "Must not contain control characters.", at)
            : null;
    }
}
