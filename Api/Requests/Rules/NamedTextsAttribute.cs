namespace ActorShop.Api;

/// <summary>Requires at most 50 named texts with names of 1 to 64 and values of up to 500 characters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NamedTextsAttribute : ValidationAttribute
{
    private const int MaxTexts = 50;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var texts = (IReadOnlyDictionary<string, string>)value!;
        if (texts.Count > MaxTexts)
        {
            return new Violation("wrong_count", $"Must have 0 to {MaxTexts} items.");
        }

        return texts
            .Select(static text => (At: ValidationErrors.Pointer(string.Empty, text.Key), Name: text.Key, text.Value))
            .Select(static text => TextAttribute.Check(text.Name, 1, 64, at: text.At)
                ?? (text.Value is null ? new Violation("null", "Must not be null.", text.At) : TextAttribute.Check(text.Value, 0, 500, at: text.At)))
            .FirstOrDefault(static violation => violation is not null);
    }
}
