namespace ActorShop.Api;

/// <summary>Requires an id chosen by the client: one line without a space at either end.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ExternalIdAttribute : StringLengthAttribute
{
    private const int MaxLength = 128;

    public ExternalIdAttribute()
        : base(MaxLength) => MinimumLength = 1;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => value switch
    {
        string text when TextAttribute.Check(text, MinimumLength, MaxLength) is { } violation => violation,
        string text when text.Length != text.AsSpan().Trim().Length =>
            new Violation("invalid_value", "Must not start or end with a space."),
        _ => ValidationResult.Success,
    };
}
