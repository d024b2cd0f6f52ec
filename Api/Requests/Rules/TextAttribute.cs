namespace ActorShop.Api;

/// <summary>Requires a text of one line within a length, with a visible character unless it may be empty. It is stored in normalization form C.</summary>
internal class TextAttribute : StringLengthAttribute, INormalizing
{
    public TextAttribute(int minimum, int maximum)
        : base(maximum) => MinimumLength = minimum;

    public bool AllowLines { get; init; }

    public virtual object Normalize(object value) => PlainText.Compose((string)value);

    public static Violation? Check(string text, int minimum, int maximum, bool allowLines = false, string at = "") =>
        Violation.Of(PlainText.Check(text, minimum, maximum, allowLines), at);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text ? Check(text, MinimumLength, MaximumLength, AllowLines) : ValidationResult.Success;
}
