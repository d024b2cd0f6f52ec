namespace ActorShop.Generators.Model;

/// <summary>How values of a type come into being on the reading side.</summary>
internal enum Creation
{
    /// <summary>A number.</summary>
    Enum,

    /// <summary>The default of a struct, whose members are then set.</summary>
    Default,

    /// <summary>The primary constructor, which does nothing but assign.</summary>
    Primary,

    /// <summary>A constructor without parameters, whose initialisers stand for members that are missing.</summary>
    Parameterless,

    /// <summary>No constructor at all.</summary>
    Uninitialized,

    /// <summary>Never: only derived types do.</summary>
    Abstract,
}

/// <summary>How a member is reached.</summary>
internal enum Access
{
    /// <summary>As everybody does.</summary>
    Direct,

    /// <summary>Through its field, past accessibility.</summary>
    Field,

    /// <summary>Through its accessor, past accessibility.</summary>
    Accessor,
}

/// <summary>A type with <c>[GenerateSerializer]</c>.</summary>
/// <param name="Names">Its names on the wire: the first is written, all are read.</param>
/// <param name="Type">Its name in C#, type parameters included.</param>
/// <param name="OpenType">The same without the names of type parameters, for <c>typeof</c>; null where it has none.</param>
/// <param name="Identifier">What the names of its generated types begin with.</param>
/// <param name="TypeParameters"><c>&lt;T, U&gt;</c>, or empty.</param>
/// <param name="OpenParameters"><c>&lt;,&gt;</c>, or empty.</param>
/// <param name="Constraints">The <c>where</c> clauses.</param>
/// <param name="Creation">How values come into being.</param>
/// <param name="IsStruct">Whether it is a value type.</param>
/// <param name="Immutability">A C# expression: whether copying is the identity.</param>
/// <param name="BaseType">The nearest base class with members of its own, or null.</param>
/// <param name="Members">In the order of their wire ids.</param>
internal sealed record SerializableModel(
    EquatableArray<string> Names,
    string Type,
    string? OpenType,
    string Identifier,
    string TypeParameters,
    string OpenParameters,
    string Constraints,
    Creation Creation,
    bool IsStruct,
    string Immutability,
    string? BaseType,
    EquatableArray<MemberModel> Members);

/// <summary>A member that takes part.</summary>
/// <param name="WireId">The id of its field.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">How its value is written.</param>
/// <param name="Getter">How it is read.</param>
/// <param name="Setter">How it is set.</param>
/// <param name="FieldName">The field behind it, for access past accessibility.</param>
/// <param name="Position">Its position in the primary constructor, or -1.</param>
internal sealed record MemberModel(
    uint WireId, string Name, ValueModel Value, Access Getter, Access Setter, string FieldName, int Position);
