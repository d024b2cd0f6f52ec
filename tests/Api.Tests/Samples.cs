using System.Reflection;

namespace ActorShop.Api;

/// <summary>Makes a sample of any contract type: the first case of a hierarchy, one item in a list.</summary>
internal static class Samples
{
    public const string Digits = "01a1fca01ca2759d9c0a138fc172ae6e";

    /// <summary>A value of a type.</summary>
    public static T Make<T>() => (T)Make(typeof(T))!;

    /// <summary>A value of a type.</summary>
    public static object? Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Make(underlying);
        }

        if (type == typeof(string))
        {
            return Digits;
        }

        if (type == typeof(int))
        {
            return 3;
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(long))
        {
            return 7L;
        }

        if (type == typeof(DateTimeOffset))
        {
            return DateTimeOffset.UnixEpoch.AddDays(15_000);
        }

        if (type == typeof(Money))
        {
            return new Money(1299, "GBP");
        }

        if (type == typeof(Answer))
        {
            return new Answer(201, "{}", "/v1/orders/x");
        }

        if (type.IsAbstract)
        {
            return Make(CasesOf(type)[0]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return typeof(Samples).GetMethod(nameof(One), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GenericTypeArguments).Invoke(null, null);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>))
        {
            return ImmutableSortedDictionary<string, string>.Empty.Add("colour", "red");
        }

        if (type.IsValueType && type.GetConstructors().All(static constructor => constructor.GetParameters().Length == 0))
        {
            return Activator.CreateInstance(type);
        }

        var longest = type.GetConstructors().MaxBy(static constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException($"No sample of {type}.");
        return longest.Invoke([.. longest.GetParameters().Select(static parameter => Of(parameter))]);
    }

    /// <summary>An answer of a grain's method.</summary>
    public static object? Answer(Type grain, string method) => Make(grain.GetMethod(method)!.ReturnType.GenericTypeArguments[0]);

    /// <summary>The cases of a closed hierarchy.</summary>
    public static Type[] CasesOf(Type hierarchy) => [.. hierarchy.GetNestedTypes().Where(hierarchy.IsAssignableFrom)];

    /// <summary>A completed task with a value.</summary>
    public static Task Completed(Type result, object? value) => Invoke(nameof(Task.FromResult), result, value);

    /// <summary>A failed task.</summary>
    public static Task Failed(Type result, Exception fault) => Invoke(nameof(Task.FromException), result, fault);

    private static object? Of(ParameterInfo parameter) => parameter.Name is "Data" && parameter.ParameterType == typeof(string)
        ? "{\"kind\":\"sample\"}"
        : parameter.Name is "Next" or "Id" && parameter.ParameterType == typeof(string) ? "position" : Make(parameter.ParameterType);

    private static ImmutableArray<T> One<T>() => [Make<T>()];

    private static Task Invoke(string method, Type result, object? argument) => (Task)typeof(Task).GetMethods()
        .Single(candidate => string.Equals(candidate.Name, method, StringComparison.Ordinal) && candidate.IsGenericMethodDefinition)
        .MakeGenericMethod(result).Invoke(null, [argument])!;
}
