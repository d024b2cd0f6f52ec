using ActorShop.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorShop.Generators.Parsing;

/// <summary>From the symbol of a type with <c>[GenerateSerializer]</c> to the codec that is generated for it.</summary>
/// <remarks>Shared by generator and analyzer, as <see cref="InterfaceParser"/> is.</remarks>
internal static class SerializableParser
{
    /// <summary>The model of a serializable type; null for any other symbol, and where an error forbids one.</summary>
    public static SerializableModel? Parse(INamedTypeSymbol symbol, Action<Diagnostic>? report = null)
    {
        if (Names.Find(symbol, Names.GenerateSerializer) is not { } attribute)
        {
            return null;
        }

        if (!Names.IsReachable(symbol))
        {
            report?.Invoke(Diagnostic.Create(Diagnostics.Inaccessible, Names.Location(symbol), symbol.Name));
            return null;
        }

        if (symbol.TypeKind == TypeKind.Enum)
        {
            return Model(symbol, Creation.Enum, "true", null, []);
        }

        var members = new MemberParser(symbol, attribute, report).Parse();
        if (members is null)
        {
            return null;
        }

        members.Sort(static (left, right) => left.WireId.CompareTo(right.WireId));
        var baseType = FindBase(symbol);
        return Model(symbol, Create(symbol, members, baseType), Immutability(symbol, members), baseType, members);
    }

    /// <summary>The primary constructor of a type that is declared in source.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol symbol) => symbol.InstanceConstructors.FirstOrDefault(
        static constructor => constructor.DeclaringSyntaxReferences.Any(
            static reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null }));

    private static SerializableModel Model(
        INamedTypeSymbol symbol, Creation creation, string immutability, INamedTypeSymbol? baseType, IEnumerable<MemberModel> members)
    {
        var parameters = TypeParameters(symbol).ToList();
        var type = Names.Bare(symbol);
        return new SerializableModel(
            new EquatableArray<string>(Names.Wire(symbol)),
            type,
            parameters.Count == 0 ? null : Names.CSharp(symbol.ConstructUnboundGenericType()),
            Names.Identifier(symbol),
            parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters.Select(static p => p.Name))}>",
            parameters.Count == 0 ? "" : $"<{new string(',', parameters.Count - 1)}>",
            string.Concat(parameters.Select(Constraint)),
            creation,
            symbol.IsValueType,
            immutability,
            baseType is null ? null : Names.Bare(baseType),
            new EquatableArray<MemberModel>(members));
    }

    private static IEnumerable<ITypeParameterSymbol> TypeParameters(INamedTypeSymbol symbol) =>
        symbol.ContainingType is { } outer ? TypeParameters(outer).Concat(symbol.TypeParameters) : symbol.TypeParameters;

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            constraints.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.ConstraintTypes.Select(Names.CSharp));
        if (parameter.HasConstructorConstraint)
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }

    // Base classes that remember nothing leave no trace on the wire; they may come to have members later, since a reader
    // skips a level that it does not know.
    private static INamedTypeSymbol? FindBase(INamedTypeSymbol symbol)
    {
        for (var at = symbol.BaseType; at is not null; at = at.BaseType)
        {
            if (Names.Is(at, "System.Exception"))
            {
                return at;
            }

            if (Names.Has(at.OriginalDefinition, Names.GenerateSerializer)
                && !(SymbolEqualityComparer.Default.Equals(at.ContainingAssembly, symbol.ContainingAssembly) && IsStateless(at)))
            {
                return at;
            }
        }

        return null;
    }

    private static bool IsStateless(INamedTypeSymbol type)
    {
        for (var at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
        {
            // Classes of other assemblies may hide fields from us.
            if (at.DeclaringSyntaxReferences.IsEmpty || at.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: false }))
            {
                return false;
            }
        }

        return true;
    }

    private static Creation Create(INamedTypeSymbol symbol, List<MemberModel> members, INamedTypeSymbol? baseType)
    {
        if (symbol.IsAbstract)
        {
            return Creation.Abstract;
        }

        if (IsAssignedByPrimaryConstructor(symbol, members, baseType))
        {
            return Creation.Primary;
        }

        if (symbol.IsValueType)
        {
            return Creation.Default;
        }

        return !HasRequiredMembers(symbol)
            && symbol.InstanceConstructors.Any(static c => c.Parameters.IsEmpty && Names.IsReachable(c.DeclaredAccessibility))
                ? Creation.Parameterless
                : Creation.Uninitialized;
    }

    // A record that is nothing but its positional parameters: its constructor assigns them and does nothing else.
    private static bool IsAssignedByPrimaryConstructor(INamedTypeSymbol symbol, List<MemberModel> members, INamedTypeSymbol? baseType)
    {
        if (!symbol.IsRecord
            || !(symbol.IsSealed || symbol.IsValueType)
            || baseType is not null
            || PrimaryConstructor(symbol) is not { } constructor
            || !Names.IsReachable(constructor.DeclaredAccessibility)
            || !(symbol.IsValueType || symbol.BaseType is null || IsStateless(symbol.BaseType)))
        {
            return false;
        }

        var positions = members.Select(static m => m.Position).ToList();
        return positions.Count == constructor.Parameters.Length
            && !positions.Contains(-1)
            && symbol.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic).All(IsOfPositionalProperty);

        static bool IsOfPositionalProperty(IFieldSymbol field) =>
            field.AssociatedSymbol is IPropertySymbol property
            && property.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is ParameterSyntax);
    }

    private static bool HasRequiredMembers(INamedTypeSymbol symbol)
    {
        for (var at = symbol; at is not null; at = at.BaseType)
        {
            if (at.GetMembers().Any(static m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }

    private static string Immutability(INamedTypeSymbol symbol, List<MemberModel> members)
    {
        // An exception travels as what it was when it was thrown; in a process it is the same object on both sides.
        if (Names.Has(symbol, Names.Immutable) || TypeFacts.IsImmutable(symbol) || Names.DerivesFrom(symbol, "System.Exception"))
        {
            return "true";
        }

        var parameters = TypeParameters(symbol).Select(static p => p.Name).ToList();
        var open = members
            .Select(static (member, index) => (member.Value, index))
            .Where(static pair => !pair.Value.IsImmutable)
            .ToList();
        return symbol.IsValueType && open.All(pair => parameters.Contains(pair.Value.CodecType))
            ? string.Join(" && ", open.Select(static pair => $"Codec{pair.index}.IsImmutable"))
            : "false";
    }
}
