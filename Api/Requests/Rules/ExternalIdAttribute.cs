using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires an id chosen by the client: one line without a space at either end.</summary>
internal sealed class ExternalIdAttribute() : TextAttribute(1, 128)
{
    public override void Describe(OpenApiSchema schema) => schema.Pattern = $"^(?! )(?!.* $){Characters(allowLines: false)}$";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        base.IsValid(value, validationContext)
        ?? (value is string text && text.Length != text.Trim().Length ? new Violation("invalid_value", "Must not start or end with a space.") : null);
}
