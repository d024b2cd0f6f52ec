using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorShop.Api;

/// <summary>Runs the validation attributes and <see cref="IValidatableObject"/> of a body and everything below it.</summary>
/// <remarks>The framework's <c>AddValidation</c> reports CLR paths without codes; clients get a JSON pointer and a code for each error.</remarks>
internal static class BodyValidation
{
    private static readonly ConcurrentDictionary<JsonPropertyInfo, ValidationAttribute[]> Rules = [];

    public static void Check(object body, JsonSerializerOptions options, IServiceProvider services, ValidationErrors errors) =>
        Check(body, options.GetTypeInfo(body.GetType()), string.Empty, services, errors);

    /// <summary>The rules of a member: positional records have them on the parameter.</summary>
    public static ValidationAttribute[] RulesOf(JsonPropertyInfo member) => Rules.GetOrAdd(member, static member =>
    [
        .. Attributes(member.AssociatedParameter?.AttributeProvider),
        .. Attributes(member.AttributeProvider),
    ]);

    private static void Check(object? value, JsonTypeInfo type, string at, IServiceProvider services, ValidationErrors errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(value!, type, at, services, errors);
                break;

            case JsonTypeInfoKind.Enumerable when ElementOf(type) is { } element:
                var index = 0;
                foreach (var item in (IEnumerable)value!)
                {
                    CheckItem(item, element, string.Create(CultureInfo.InvariantCulture, $"{at}/{index++}"), services, errors);
                }

                break;

            case JsonTypeInfoKind.Dictionary when value is IEnumerable<KeyValuePair<string, string>> texts:
                foreach (var (name, text) in texts)
                {
                    CheckItem(text, ElementOf(type)!, ValidationErrors.Pointer(at, name), services, errors);
                }

                break;
        }
    }

    private static void CheckItem(object? item, JsonTypeInfo element, string at, IServiceProvider services, ValidationErrors errors)
    {
        // The serializer lets null into lists and dictionaries, whatever the annotation of their elements.
        if (item is null)
        {
            errors.Add(at, "null", "Must not be null.");
        }
        else
        {
            Check(item, element, at, services, errors);
        }
    }

    private static void CheckObject(object value, JsonTypeInfo type, string at, IServiceProvider services, ValidationErrors errors)
    {
        var context = new ValidationContext(value, services, items: null);
        foreach (var member in type.Properties)
        {
            if (member.Get?.Invoke(value) is not { } child)
            {
                continue;
            }

            var pointer = ValidationErrors.Pointer(at, member.Name);
            foreach (var rule in RulesOf(member))
            {
                Report(rule.GetValidationResult(child, context), rule, pointer, errors);
            }

            Check(child, type.Options.GetTypeInfo(member.PropertyType), pointer, services, errors);
        }

        foreach (var result in (value as IValidatableObject)?.Validate(context) ?? [])
        {
            Report(result, rule: null, at, errors);
        }
    }

    private static void Report(ValidationResult? result, ValidationAttribute? rule, string at, ValidationErrors errors)
    {
        switch (result, rule)
        {
            case (null, _):
                break;

            case (Violation violation, _):
                errors.Add(at + violation.At, violation.Code, violation.ErrorMessage!);
                break;

            case (_, RangeAttribute range):
                errors.Add(at, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"Must be between {range.Minimum} and {range.Maximum}."));
                break;

            case (_, LengthAttribute length):
                errors.Add(
                    at, "wrong_count", string.Create(CultureInfo.InvariantCulture, $"Must have {length.MinimumLength} to {length.MaximumLength} items."));
                break;

            case (_, DeniedValuesAttribute):
                errors.Add(at, "out_of_range", result.ErrorMessage!);
                break;

            default:
                errors.Add(at, "invalid_value", result.ErrorMessage!);
                break;
        }
    }

    private static IEnumerable<ValidationAttribute> Attributes(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>() ?? [];

    private static JsonTypeInfo? ElementOf(JsonTypeInfo type) => type.ElementType is { } element ? type.Options.GetTypeInfo(element) : null;
}
