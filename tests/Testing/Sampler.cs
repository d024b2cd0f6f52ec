using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorShop.Testing;

/// <summary>Makes an instance of any type, the same at every run: every member is filled, and a collection has one item.</summary>
/// <param name="value">Returns the value for a type and the name of a parameter or member; null to have one made.</param>
public sealed class Sampler(Func<Type, string?, object?> value)
{
    private const int Depth = 8;

    public object? Make(Type type, string? name = null, int depth = 0)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return depth > Depth ? null : value(type, name) ?? (type.IsGenericType ? Generic(type, depth) : null) ?? Record(type, depth);
    }

    private object? Generic(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        var method = type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? nameof(ArrayOf)
            : type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>) ? nameof(DictionaryOf)
            : null;
        return method is null ? null : typeof(Sampler).GetMethod(method, BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(arguments).Invoke(this, [Make(arguments[^1], depth: depth + 1)]);
    }

    private object? Record(Type type, int depth)
    {
        if (type.IsAbstract)
        {
            return Make(type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type.IsAssignableFrom)
                .OrderBy(static nested => nested.Name, StringComparer.Ordinal).First(), depth: depth + 1);
        }

        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public)
            .Where(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(static constructor => constructor.GetParameters().Length);
        var sample = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, parameter.Name, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static p => p.SetMethod is not null))
        {
            property.SetValue(sample, Make(property.PropertyType, property.Name, depth + 1));
        }

        return sample;
    }

    private static ImmutableArray<T> ArrayOf<T>(object? item) => item is null ? [] : [(T)item];

    private ImmutableSortedDictionary<TKey, T> DictionaryOf<TKey, T>(object? item)
        where TKey : notnull =>
        ImmutableSortedDictionary.Create<TKey, T>(typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : null)
            .Add((TKey)value(typeof(TKey), null)!, (T)item!);
}
