using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires a text of one line within a length, with a visible character unless it may be empty. It is stored in normalization form C.</summary>
internal class TextAttribute : StringLengthAttribute, INormalizing, ISchemaRule
{
    public TextAttribute(int minimum, int maximum)
        : base(maximum) => MinimumLength = minimum;

    public bool AllowLines { get; init; }

    public static Violation? Check(string text, int minimum, int maximum, bool allowLines = false, string at = "") =>
        Violation.Of(PlainText.Check(text, minimum, maximum, allowLines), at);

    public Violation? Check(string text, string at) => Check(text, MinimumLength, MaximumLength, AllowLines, at);

    public object Normalize(object value) => PlainText.Compose((string)value);

    public virtual void Describe(OpenApiSchema schema) => schema.Pattern = TextPatterns.Text(MinimumLength > 0, AllowLines);

    public OpenApiSchema ToSchema()
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = MinimumLength, MaxLength = MaximumLength };
        Describe(schema);
        return schema;
    }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text ? Check(text, string.Empty) : ValidationResult.Success;
}
