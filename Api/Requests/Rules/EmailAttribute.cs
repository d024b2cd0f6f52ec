namespace ActorShop.Api;

internal sealed class EmailAttribute() : TextAttribute(6, EmailAddress.MaxLength)
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        base.IsValid(value, validationContext)
        ?? (value is string text && !EmailAddress.IsValid(text)
            ? new Violation("invalid_value", "Must be an e-mail address, such as ada@example.org.")
            : null);
}
