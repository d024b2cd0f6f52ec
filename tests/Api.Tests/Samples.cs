using ActorShop.Testing;

namespace ActorShop.Api;

/// <summary>Samples of contract types: the first case of a hierarchy, one item in a list.</summary>
internal static class Samples
{
    public const string Digits = "01a1fca01ca2759d9c0a138fc172ae6e";

    private static readonly Sampler Sampler = new(static (type, name) =>
        type == typeof(string) ? name switch { "Data" => """{"kind":"sample"}""", "Next" or "Id" => "position", "Country" => "GB", "PostalCode" => "LS1 1AA", "Phone" => "+44 113 496 0000", _ => Digits }
        : type == typeof(int) ? 3
        : type == typeof(long) ? 7L
        : type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch.AddDays(15_000)
        : type == typeof(Money) ? new Money(1299, "GBP")
        : type == typeof(Answer) ? new Answer(201, "{}", "/v1/orders/x")
        : type.IsAbstract ? Make(CasesOf(type)[0])
        : null);

    public static T Make<T>() => (T)Make(typeof(T))!;

    public static object? Make(Type type) => Sampler.Make(type);

    public static object? Answer(Type grain, string method) => Make(grain.GetMethod(method)!.ReturnType.GenericTypeArguments[0]);

    /// <summary>The cases of a closed hierarchy.</summary>
    public static Type[] CasesOf(Type hierarchy) => [.. hierarchy.GetNestedTypes().Where(hierarchy.IsAssignableFrom)];

    public static Task Completed(Type result, object? value) => Invoke(nameof(Task.FromResult), result, value);

    public static Task Failed(Type result, Exception fault) => Invoke(nameof(Task.FromException), result, fault);

    private static Task Invoke(string method, Type result, object? argument) => (Task)typeof(Task).GetMethods()
        .Single(candidate => string.Equals(candidate.Name, method, StringComparison.Ordinal) && candidate.IsGenericMethodDefinition)
        .MakeGenericMethod(result).Invoke(null, [argument])!;
}
