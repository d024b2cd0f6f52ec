using ActorShop.Generators.Model;
using Microsoft.CodeAnalysis;

namespace ActorShop.Generators.Parsing;

/// <summary>Finds the members of one type that take part, with their ids and the ways to reach them.</summary>
/// <remarks>
/// Positional parameters and members with <c>[Id]</c> have id spaces of their own, so a record may have both: parameter
/// <c>n</c> is field <c>2n + 1</c>, id <c>n</c> is field <c>2n + 2</c>, and field 0 is the base class.
/// </remarks>
internal sealed class MemberParser(INamedTypeSymbol symbol, AttributeData attribute, Action<Diagnostic>? report)
{
    private const uint GreatestId = 1u << 28;

    private readonly List<MemberModel> _members = [];
    private readonly HashSet<uint> _ids = [];
    private readonly IMethodSymbol? _constructor = FindConstructor(symbol, attribute);
    private bool _valid = true;

    /// <summary>The members, or null where an error forbids a codec.</summary>
    public List<MemberModel>? Parse()
    {
        var candidates = symbol.GetMembers().Where(IsCandidate).ToList();
        var isImplicit = Option("GenerateFieldIds") is 1 && !candidates.Any(static m => IdOf(m) is not null);
        foreach (var member in candidates)
        {
            Parse(member, isImplicit);
        }

        return _valid ? _members : null;
    }

    private static IMethodSymbol? FindConstructor(INamedTypeSymbol symbol, AttributeData attribute)
    {
        var stated = attribute.NamedArguments.FirstOrDefault(static a => a.Key is "IncludePrimaryConstructorParameters").Value.Value as bool?;
        return stated ?? symbol.IsRecord ? SerializableParser.PrimaryConstructor(symbol) : null;
    }

    private static bool IsCandidate(ISymbol member) => member switch
    {
        { IsStatic: true } or { IsAbstract: true } => false,
        IPropertySymbol property => !property.IsIndexer,
        IFieldSymbol field => field.AssociatedSymbol is null && !field.IsConst,
        _ => false,
    };

    private static IFieldSymbol? BackingField(IPropertySymbol property) => property.ContainingType.GetMembers()
        .OfType<IFieldSymbol>()
        .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static uint? IdOf(ISymbol member) =>
        Names.Find(member, Names.Id) is { } id && Names.Argument(id) is uint value ? value : null;

    private static bool IsNonSerialized(ISymbol? field) => field is not null && Names.Has(field, "System.NonSerializedAttribute");

    // FNV-1a over the type's and the member's name: what matters is that it never changes.
    private static uint HashOf(ITypeSymbol type, string name)
    {
        var hash = 2166136261u;
        foreach (var character in $"{Names.Plain(type)}%{name}")
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash % GreatestId;
    }

    private object? Option(string name) => attribute.NamedArguments.FirstOrDefault(a => string.Equals(a.Key, name, StringComparison.Ordinal)).Value.Value;

    private void Parse(ISymbol member, bool isImplicit)
    {
        var property = member as IPropertySymbol;
        var field = member as IFieldSymbol ?? BackingField(property!);
        if (IsNonSerialized(field))
        {
            return;
        }

        var type = property?.Type ?? field!.Type;
        var stated = IdOf(member) ?? (field is null ? null : IdOf(field));
        var parameter = property is null ? null : MatchingParameter(property);
        if (stated is { } id)
        {
            Add(member, field, type, id, isPositional: false, parameter?.Ordinal ?? -1);
        }
        else if (parameter is not null)
        {
            Add(member, field, type, IdOf(parameter) ?? (uint)parameter.Ordinal, isPositional: true, parameter.Ordinal);
        }
        else if (isImplicit && property is { DeclaredAccessibility: Accessibility.Public } && (field is not null || property.SetMethod is not null))
        {
            Add(member, field, type, HashOf(type, property.Name), isPositional: false, position: -1);
        }
        else if (field is { IsImplicitlyDeclared: false } or { AssociatedSymbol: not null } && !isImplicit)
        {
            // A computed property has nothing to leave out; a field, or a property with one behind it, has.
            report?.Invoke(Diagnostic.Create(Diagnostics.MissingId, Names.Location(member), member.Name));
        }
    }

    private IParameterSymbol? MatchingParameter(IPropertySymbol property) => _constructor?.Parameters.FirstOrDefault(parameter =>
        string.Equals(parameter.Name, property.Name, symbol.IsRecord ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type));

    private void Add(ISymbol member, IFieldSymbol? field, ITypeSymbol type, uint id, bool isPositional, int position)
    {
        var wireId = (2 * id) + (isPositional ? 1u : 2u);
        if (id >= GreatestId || !_ids.Add(wireId))
        {
            Complain(Diagnostic.Create(Diagnostics.DuplicateId, Names.Location(member), member.Name, id));
            return;
        }

        if (TypeFacts.FindUnsupported(type) is { } unsupported)
        {
            Complain(Diagnostic.Create(
                Diagnostics.CannotCross, Names.Location(member), $"{symbol.Name}.{member.Name}", unsupported.ToDisplayString()));
            return;
        }

        if (AccessTo(member, field) is not var (getter, setter))
        {
            Complain(Diagnostic.Create(Diagnostics.NotSettable, Names.Location(member), member.Name));
            return;
        }

        var value = TypeFacts.Describe(type, Names.Has(member, Names.Immutable) || (field is not null && Names.Has(field, Names.Immutable)));
        _members.Add(new MemberModel(wireId, member.Name, value, getter, setter, field?.MetadataName ?? "", position));
    }

    private static (Access Getter, Access Setter)? AccessTo(ISymbol member, IFieldSymbol? field)
    {
        if (member is IFieldSymbol)
        {
            var reachable = Names.IsReachable(field!.DeclaredAccessibility);
            return (reachable ? Access.Direct : Access.Field, reachable && !field.IsReadOnly ? Access.Direct : Access.Field);
        }

        var property = (IPropertySymbol)member;
        Access? getter = property.GetMethod switch
        {
            { } method when Names.IsReachable(method.DeclaredAccessibility) => Access.Direct,
            _ when field is not null => Access.Field,
            { } => Access.Accessor,
            null => null,
        };
        Access? setter = property.SetMethod switch
        {
            { IsInitOnly: false } method when Names.IsReachable(method.DeclaredAccessibility) => Access.Direct,
            _ when field is not null => Access.Field,
            { } => Access.Accessor,
            null => null,
        };
        return getter is { } g && setter is { } s ? (g, s) : null;
    }

    private void Complain(Diagnostic diagnostic)
    {
        report?.Invoke(diagnostic);
        _valid = false;
    }
}
