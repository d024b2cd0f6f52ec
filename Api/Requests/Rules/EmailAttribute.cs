using Microsoft.OpenApi;

namespace ActorShop.Api;

internal sealed class EmailAttribute() : TextAttribute(6, EmailAddress.MaxLength)
{
    /// <summary>An address of a domain that is reserved for examples.</summary>
    public const string Example = "ada@example.com";

    public override void Describe(OpenApiSchema schema)
    {
        schema.Pattern = TextPatterns.Email;
        schema.Examples = [Example];
    }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        base.IsValid(value, validationContext)
        ?? (value is string text && !EmailAddress.IsValid(text)
            ? new Violation("invalid_value", "Must be an e-mail address, such as ada@example.org.")
            : null);
}
