using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace ActorShop.Api;

/// <summary>
/// Runs the validation attributes and <see cref="IValidatableObject"/> of a body and everything below it, and normalizes the members that
/// have a normal form.
/// </summary>
/// <remarks>The framework's <c>AddValidation</c> reports CLR paths without codes; clients get a JSON pointer and a code for each error.</remarks>
internal static class BodyValidation
{
    private static readonly ConcurrentDictionary<JsonPropertyInfo, ValidationAttribute[]> Rules = [];

    /// <summary>The rules of a member: positional records have them on the parameter.</summary>
    public static ValidationAttribute[] RulesOf(JsonPropertyInfo member) => Rules.GetOrAdd(member, static member =>
    [
        .. Attributes(member.AssociatedParameter?.AttributeProvider),
        .. Attributes(member.AttributeProvider),
    ]);

    public static void Check(object? value, JsonTypeInfo type, string at, IServiceProvider services, ValidationErrors errors)
    {
        switch (type.Kind)
        {
            // The serializer lets null into lists, whatever the annotation of their elements.
            case var _ when value is null:
                errors.Add(at, "null", "Must not be null.");
                break;

            case JsonTypeInfoKind.Object:
                CheckObject(value, type, at, services, errors);
                break;

            case JsonTypeInfoKind.Enumerable:
                var element = type.Options.GetTypeInfo(type.ElementType!);
                foreach (var (index, item) in ((IEnumerable)value).Cast<object?>().Index())
                {
                    Check(item, element, string.Create(CultureInfo.InvariantCulture, $"{at}/{index}"), services, errors);
                }

                break;
        }
    }

    private static void CheckObject(object value, JsonTypeInfo type, string at, IServiceProvider services, ValidationErrors errors)
    {
        var context = new ValidationContext(value, services, items: null);
        foreach (var member in type.Properties)
        {
            var pointer = ValidationErrors.Pointer(at, member.Name);
            switch (member.Get?.Invoke(value))
            {
                case null:
                    break;

                case string text when text.Contains('\0', StringComparison.Ordinal):
                    errors.Add(pointer, "nul_character", "Must not contain NUL.");
                    break;

                case var child:
                    foreach (var rule in RulesOf(member))
                    {
                        var result = rule.GetValidationResult(child, context);
                        Report(result, rule, pointer, errors);
                        if (result is null && rule is INormalizing normalizing)
                        {
                            member.Set!(value, normalizing.Normalize(child));
                        }
                    }

                    Check(child, type.Options.GetTypeInfo(member.PropertyType), pointer, services, errors);
                    break;
            }
        }

        foreach (var result in (value as IValidatableObject)?.Validate(context) ?? [])
        {
            Report(result, rule: null, at, errors);
        }
    }

    private static void Report(ValidationResult? result, ValidationAttribute? rule, string at, ValidationErrors errors)
    {
        if (result is null)
        {
            return;
        }

        var (code, message) = rule switch
        {
            _ when result is Violation violation => (violation.Code, violation.ErrorMessage),
            RangeAttribute range => ("out_of_range", string.Create(CultureInfo.InvariantCulture, $"Must be between {range.Minimum} and {range.Maximum}.")),
            LengthAttribute length => (
                "wrong_count", string.Create(CultureInfo.InvariantCulture, $"Must have {length.MinimumLength} to {length.MaximumLength} items.")),
            DeniedValuesAttribute => ("out_of_range", result.ErrorMessage),
            _ => ("invalid_value", result.ErrorMessage),
        };
        errors.Add(at + (result as Violation)?.At, code, message!);
    }

    private static IEnumerable<ValidationAttribute> Attributes(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>() ?? [];
}
