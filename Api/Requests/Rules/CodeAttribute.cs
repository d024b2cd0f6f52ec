namespace ActorShop.Api;

/// <summary>Requires the code of a category or the name of an account: 1 to 64 lower-case letters, digits or hyphens.</summary>
internal sealed class CodeAttribute : StringLengthAttribute
{
    private const int MaxLength = 64;

    public CodeAttribute()
        : base(MaxLength) => MinimumLength = 1;

    public string? Except { get; init; }

    public static bool IsCode(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && IsCode(text) && !string.Equals(text, Except, StringComparison.Ordinal)
            ? ValidationResult.Success
            : new Violation(
                "invalid_value", "Must be 1 to 64 lower-case letters, digits or hyphens" + (Except is null ? "." : $", other than {Except}."));
}
