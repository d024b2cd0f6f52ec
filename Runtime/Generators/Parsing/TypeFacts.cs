using ActorShop.Generators.Model;
using Microsoft.CodeAnalysis;

namespace ActorShop.Generators.Parsing;

/// <summary>What is known of types at compile time: whether they have a codec, and whether a copy of them is needed.</summary>
internal static class TypeFacts
{
    private static readonly Dictionary<string, string> InlineTypes = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "Boolean",
        ["System.Byte"] = "Byte",
        ["System.SByte"] = "SByte",
        ["System.Int16"] = "Int16",
        ["System.UInt16"] = "UInt16",
        ["System.Int32"] = "Int32",
        ["System.UInt32"] = "UInt32",
        ["System.Int64"] = "Int64",
        ["System.UInt64"] = "UInt64",
        ["System.Int128"] = "Int128",
        ["System.UInt128"] = "UInt128",
        ["System.Char"] = "Char",
        ["System.Half"] = "Half",
        ["System.Single"] = "Single",
        ["System.Double"] = "Double",
        ["System.Decimal"] = "Decimal",
        ["System.String"] = "String",
        ["System.Guid"] = "Guid",
        ["System.DateTime"] = "DateTime",
        ["System.DateTimeOffset"] = "DateTimeOffset",
        ["System.TimeSpan"] = "TimeSpan",
        ["System.DateOnly"] = "DateOnly",
        ["System.TimeOnly"] = "TimeOnly",
    };

    // Built in and shared as they are.
    private static readonly HashSet<string> ImmutableTypes = new(StringComparer.Ordinal) { "System.Uri", "System.Version" };

    // Built in; as immutable as their arguments.
    private static readonly HashSet<string> ImmutableGenerics = new(StringComparer.Ordinal)
    {
        "System.Nullable`1",
        "System.Collections.Generic.KeyValuePair`2",
        "System.Collections.Immutable.ImmutableArray`1",
        "System.Collections.Immutable.ImmutableList`1",
        "System.Collections.Immutable.ImmutableHashSet`1",
        "System.Collections.Immutable.ImmutableSortedSet`1",
        "System.Collections.Immutable.ImmutableQueue`1",
        "System.Collections.Immutable.ImmutableDictionary`2",
        "System.Collections.Immutable.ImmutableSortedDictionary`2",
    };

    private static readonly HashSet<string> MutableGenerics = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.List`1",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.SortedSet`1",
        "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1",
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.SortedDictionary`2",
        "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IList`1",
        "System.Collections.Generic.ISet`1",
        "System.Collections.Generic.IDictionary`2",
        "System.Collections.Generic.IReadOnlyCollection`1",
        "System.Collections.Generic.IReadOnlyList`1",
        "System.Collections.Generic.IReadOnlySet`1",
        "System.Collections.Generic.IReadOnlyDictionary`2",
    };

    /// <summary>How values of a type are written, read and copied.</summary>
    public static ValueModel Describe(ITypeSymbol type, bool immutable)
    {
        var number = type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : null;
        var inline = InlineTypes.TryGetValue(Names.Metadata(number ?? type), out var suffix) && type.TypeKind != TypeKind.Array ? suffix : null;
        return new ValueModel(
            Names.CSharp(type),
            Names.Bare(type),
            inline,
            number is null ? null : Names.CSharp(number),
            immutable || IsImmutable(type));
    }

    /// <summary>Whether nobody can change a value of the type, as far as the declaration tells.</summary>
    public static bool IsImmutable(ITypeSymbol type) => IsImmutable(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static bool IsImmutable(ITypeSymbol type, HashSet<ITypeSymbol> visiting)
    {
        if (type is not INamedTypeSymbol named)
        {
            return false;
        }

        var name = Names.Metadata(named.OriginalDefinition);
        if (named.TypeKind == TypeKind.Enum || InlineTypes.ContainsKey(name) || ImmutableTypes.Contains(name))
        {
            return true;
        }

        if (ImmutableGenerics.Contains(name) || IsTuple(named))
        {
            return named.TypeArguments.All(argument => IsImmutable(argument, visiting));
        }

        // [Immutable] on a class that is not sealed says nothing of the object that is really there.
        if (Names.Has(named.OriginalDefinition, Names.Immutable))
        {
            return named.IsSealed || named.IsValueType;
        }

        if (named.IsValueType && IsOfTheModel(named))
        {
            return true;
        }

        // A struct is copied by assignment, so it is as immutable as what it holds. A struct of another assembly may hide
        // its fields from us: its codec knows.
        return named is { IsValueType: true, DeclaringSyntaxReferences.Length: > 0 }
            && Names.Has(named.OriginalDefinition, Names.GenerateSerializer)
            && (!visiting.Add(named)
                || named.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic).All(f => IsImmutable(f.Type, visiting)));
    }

    /// <summary>The first type within <paramref name="type"/> that has no codec, or null where all have.</summary>
    public static ITypeSymbol? FindUnsupported(ITypeSymbol type)
    {
        switch (type)
        {
            case ITypeParameterSymbol or IDynamicTypeSymbol:
                return null;
            case IArrayTypeSymbol array:
                return array.Rank == 1 ? FindUnsupported(array.ElementType) : array;
            case INamedTypeSymbol named:
                return IsSupported(named)
                    ? named.TypeArguments.Select(FindUnsupported).FirstOrDefault(static found => found is not null)
                    : named;
            default:
                return type;
        }
    }

    private static bool IsSupported(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer || type.IsRefLikeType)
        {
            return false;
        }

        // What does not exist is the compiler's business.
        if (type.TypeKind is TypeKind.Enum or TypeKind.Error || type.SpecialType == SpecialType.System_Object)
        {
            return true;
        }

        var definition = type.OriginalDefinition;
        var name = Names.Metadata(definition);
        return InlineTypes.ContainsKey(name)
            || ImmutableTypes.Contains(name)
            || ImmutableGenerics.Contains(name)
            || MutableGenerics.Contains(name)
            || IsTuple(type)
            || IsOfTheModel(definition)
            || Names.Is(definition, "System.Exception")
            || Names.DerivesFrom(definition, "System.Exception")
            || Names.Has(definition, Names.GenerateSerializer)
            || Names.Implements(definition, Names.Addressable)
            || (definition.IsAbstract && !IsOfTheFramework(definition));
    }

    private static bool IsTuple(INamedTypeSymbol type) =>
        type.IsTupleType || (type is { Name: "Tuple", TypeArguments.Length: > 0 } && Names.Metadata(type.OriginalDefinition).StartsWith("System.Tuple`", StringComparison.Ordinal));

    // The engine brings the codecs of the programming model's own types.
    private static bool IsOfTheModel(INamedTypeSymbol type) => Root(type) is "Orleans";

    private static bool IsOfTheFramework(INamedTypeSymbol type) => Root(type) is "System" or "Microsoft";

    private static string? Root(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name;
    }
}
