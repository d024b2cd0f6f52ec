namespace Orleans;

/// <summary>Asks for a codec: values of the type may cross grain boundaries and enter storage.</summary>
/// <remarks>
/// Members take part by <see cref="IdAttribute"/>; the positional parameters of a record take part by position. The ids of a
/// base class, of positional parameters and of other members are three separate spaces.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether the parameters of the primary constructor take part by position.</summary>
    /// <value>True for records and false for other types, unless stated.</value>
    public bool IncludePrimaryConstructorParameters { get; init; }

    /// <summary>Whether members without an id get one made from their type and name.</summary>
    /// <value>None: such members are left out.</value>
    public GenerateFieldIds GenerateFieldIds { get; init; } = GenerateFieldIds.None;
}

/// <summary>Which members get an id of their own accord.</summary>
public enum GenerateFieldIds
{
    /// <summary>Only members that state an id take part.</summary>
    None,

    /// <summary>Public properties that can be set take part under an id made from type and name; one stated id turns this off.</summary>
    PublicProperties,
}

/// <summary>The id of a member within its type. An id is never used again for another member.</summary>
/// <param name="id">Unique among the ids of the type.</param>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class
    | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The id.</summary>
    public uint Id { get; } = id;
}

/// <summary>The name of a type or method on the wire and in storage, which outlives renaming.</summary>
/// <param name="alias">Unique in the cluster for a type, within its interface for a method.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method,
    AllowMultiple = true)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias;
}

/// <summary>A promise that nobody changes the value: caller and callee may share it, no copy is made.</summary>
/// <remarks>On a class that is not sealed the promise does not extend to derived classes.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue,
    Inherited = false)]
public sealed class ImmutableAttribute : Attribute;
