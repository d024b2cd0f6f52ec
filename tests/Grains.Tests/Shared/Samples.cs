using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorShop;

/// <summary>Makes an instance of any stored type with every member filled, the same at every run.</summary>
internal static class Samples
{
    private const int Depth = 8;

    /// <summary>All heads of the shop.</summary>
    public static ImmutableArray<Type> Heads { get; } =
    [
        .. typeof(ShopJson).Assembly.GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && typeof(IEntity).IsAssignableFrom(type))
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>All events of the shop.</summary>
    public static ImmutableArray<Type> Events { get; } =
    [
        .. typeof(ShopJson).Assembly.GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && typeof(IEvent).IsAssignableFrom(type))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The closed hierarchy that a case belongs to; the type itself where it belongs to none.</summary>
    public static Type HierarchyOf(Type type) => type.BaseType is { IsAbstract: true } hierarchy ? hierarchy : type;

    /// <summary>An instance.</summary>
    public static object Of(Type type) => Make(type, 0) ?? throw new InvalidOperationException($"No sample of {type}.");

    private static object? Make(Type type, int depth)
    {
        if (depth > Depth)
        {
            return null;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Make(underlying, depth);
        }

        return Simple(type) ?? (type.IsGenericType ? Generic(type, depth) : null) ?? Record(type, depth);
    }

    private static object? Simple(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(int) ? 3
        : type == typeof(long) ? 1299L
        : type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 3, 2, 12, 0, 0, 250, TimeSpan.Zero)
        : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(20)
        : type == typeof(Money) ? new Money(1299, "GBP")
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
        : null;

    private static object? Generic(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        var item = Make(arguments[^1], depth + 1);
        if (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return Call(nameof(ArrayOf), arguments, item);
        }

        return type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>)
            ? Call(nameof(DictionaryOf), arguments, item)
            : null;
    }

    private static object? Record(Type type, int depth)
    {
        if (type.IsAbstract)
        {
            return type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type.IsAssignableFrom)
                .OrderBy(static nested => nested.Name, StringComparer.Ordinal)
                .Select(nested => Make(nested, depth + 1))
                .First();
        }

        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public)
            .Where(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(static constructor => constructor.GetParameters().Length);
        var sample = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static p => p.SetMethod is not null))
        {
            property.SetValue(sample, Make(property.PropertyType, depth + 1));
        }

        return sample;
    }

    private static object? Call(string method, Type[] arguments, object? item) => typeof(Samples)
        .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(arguments).Invoke(null, [item]);

    private static ImmutableArray<T> ArrayOf<T>(object? item) => item is null ? [] : [(T)item];

    private static ImmutableSortedDictionary<TKey, T> DictionaryOf<TKey, T>(object? item)
        where TKey : notnull =>
        ImmutableSortedDictionary.Create<TKey, T>(typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : null)
            .Add((TKey)Simple(typeof(TKey))!, (T)item!);
}
