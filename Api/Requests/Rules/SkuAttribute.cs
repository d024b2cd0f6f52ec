namespace ActorShop.Api;

internal sealed class SkuAttribute : StringLengthAttribute
{
    public const string Message = "Must be 1 to 64 printable characters without '/', and without a space at either end.";

    public SkuAttribute()
        : base(64) => MinimumLength = 1;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => Check(value as string);

    public static Violation? Check(string? text) => Sku.TryParse(text, out _) ? null : new Violation("invalid_sku", Message);
}
