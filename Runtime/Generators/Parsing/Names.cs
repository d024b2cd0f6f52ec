using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ActorShop.Generators.Parsing;

/// <summary>The names of symbols: in C#, on the wire, and as parts of identifiers.</summary>
internal static class Names
{
    public const string Id = "Orleans.IdAttribute";
    public const string Alias = "Orleans.AliasAttribute";
    public const string Immutable = "Orleans.ImmutableAttribute";
    public const string GenerateSerializer = "Orleans.GenerateSerializerAttribute";
    public const string ResponseTimeout = "Orleans.ResponseTimeoutAttribute";
    public const string ReadOnly = "Orleans.Concurrency.ReadOnlyAttribute";
    public const string AlwaysInterleave = "Orleans.Concurrency.AlwaysInterleaveAttribute";
    public const string OneWay = "Orleans.Concurrency.OneWayAttribute";
    public const string Addressable = "Orleans.Runtime.IAddressable";
    public const string Observer = "Orleans.IGrainObserver";
    public const string Grain = "Orleans.Grain";
    public const string GrainBase = "Orleans.IGrainBase";
    public const string CancellationToken = "System.Threading.CancellationToken";

    private static readonly SymbolDisplayFormat Annotated = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Unannotated = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The name as people write it, for ids: neither <c>global::</c> nor annotations.</summary>
    public static string Plain(ITypeSymbol type) => type.ToDisplayString(Unannotated);

    /// <summary>The name in C#, annotations included.</summary>
    public static string CSharp(ITypeSymbol type) => type.ToDisplayString(Annotated);

    /// <summary>The name in C# without the annotation of the type itself; those of its arguments stay.</summary>
    public static string Bare(ITypeSymbol type) =>
        type.IsReferenceType || type.TypeKind == TypeKind.TypeParameter
            ? CSharp(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))
            : CSharp(type);

    /// <summary>The full name as metadata has it: <c>Namespace.Outer+Inner`1</c>.</summary>
    public static string Metadata(ITypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => $"{Metadata(outer)}+{type.MetadataName}",
        { ContainingNamespace: { IsGlobalNamespace: false } space } => $"{space.ToDisplayString()}.{type.MetadataName}",
        _ => type.MetadataName,
    };

    /// <summary>The full name as an identifier; different types have different ones.</summary>
    public static string Identifier(ITypeSymbol type) => Identifier(Metadata(type));

    /// <summary>A name as an identifier.</summary>
    public static string Identifier(string name) => name.Replace("_", "__").Replace('.', '_').Replace('+', '_').Replace('`', '_').Replace('-', '_').Replace(' ', '_');

    /// <summary>The names on the wire: the aliases, or else the full name.</summary>
    public static ImmutableArray<string> Wire(INamedTypeSymbol type)
    {
        var aliases = Aliases(type).ToImmutableArray();
        return aliases.IsEmpty ? ImmutableArray.Create(Metadata(type)) : aliases;
    }

    /// <summary>The aliases stated on a type or method, in their order.</summary>
    public static IEnumerable<string> Aliases(ISymbol symbol) =>
        symbol.GetAttributes().Where(static a => Is(a.AttributeClass, Alias)).Select(static a => Argument(a) as string).OfType<string>();

    /// <summary>Whether a type has this full name.</summary>
    public static bool Is(ITypeSymbol? type, string fullName) =>
        type is not null && type.Name.Length > 0 && fullName.EndsWith(type.Name, StringComparison.Ordinal) && string.Equals(Metadata(type), fullName, StringComparison.Ordinal);

    public static bool Has(ISymbol symbol, string attribute) => Find(symbol, attribute) is not null;

    public static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(a => Is(a.AttributeClass, attribute));

    /// <summary>The first constructor argument of an attribute.</summary>
    public static object? Argument(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Kind != TypedConstantKind.Array
            ? attribute.ConstructorArguments[0].Value
            : null;

    public static bool Implements(ITypeSymbol type, string interfaceName) =>
        Is(type, interfaceName) || type.AllInterfaces.Any(i => Is(i, interfaceName));

    public static bool DerivesFrom(ITypeSymbol type, string className)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (Is(at, className))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether code elsewhere in the same assembly can name the type.</summary>
    public static bool IsReachable(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsFileLocal || !IsReachable(at.DeclaredAccessibility))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsReachable(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    public static Location Location(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(static l => l.IsInSource) ?? Microsoft.CodeAnalysis.Location.None;
}
