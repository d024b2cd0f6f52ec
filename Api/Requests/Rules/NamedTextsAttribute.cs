using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Requires at most 50 named texts with names of 1 to 64 and values of up to 500 characters, stored in normalization form C.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NamedTextsAttribute : ValidationAttribute, INormalizing, ISchemaRule
{
    private const int MaxTexts = 50;

    private static readonly TextAttribute OfNames = new(1, 64);

    private static readonly TextAttribute OfTexts = new(0, 500);

    public void Describe(OpenApiSchema schema)
    {
        schema.MaxProperties = MaxTexts;
        schema.PropertyNames = OfNames.ToSchema();
        schema.AdditionalProperties = OfTexts.ToSchema();
    }

    public object Normalize(object value) => ((IReadOnlyDictionary<string, string>)value).ToDictionary(
        static text => PlainText.Compose(text.Key), static text => PlainText.Compose(text.Value), StringComparer.Ordinal);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var texts = (IReadOnlyDictionary<string, string>)value!;
        if (texts.Count > MaxTexts)
        {
            return new Violation("wrong_count", $"Must have 0 to {MaxTexts} items.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        return texts
            .Select(static text => (At: ValidationErrors.Pointer(string.Empty, text.Key), Name: text.Key, text.Value))
            .Select(text => OfNames.Check(text.Name, text.At)
                ?? (!names.Add(PlainText.Compose(text.Name)) ? new Violation("duplicate_value", "Duplicates another name.", text.At)
                    : text.Value is null ? new Violation("null", "Must not be null.", text.At)
                    : OfTexts.Check(text.Value, text.At)))
            .FirstOrDefault(static violation => violation is not null);
    }
}
