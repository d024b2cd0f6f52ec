namespace ActorShop.Runtime.Serialization;

/// <summary>How the value of a field is laid out, so that a reader can skip a field that it does not know.</summary>
public enum WireType
{
    /// <summary>A number, seven bits a byte, least significant first.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A varint length and that many bytes.</summary>
    LengthPrefixed = 2,

    /// <summary>Fields up to the matching <see cref="EndObject"/>.</summary>
    StartObject = 3,

    /// <summary>The end of an object; its field id is 0.</summary>
    EndObject = 4,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,

    /// <summary>No value: a null reference or an absent optional.</summary>
    Null = 6,
}

/// <summary>What precedes each value: the field's id and the layout, one varint <c>id &lt;&lt; 3 | type</c>.</summary>
/// <param name="FieldId">The id within the enclosing object.</param>
/// <param name="Type">The layout.</param>
public readonly record struct WireTag(uint FieldId, WireType Type)
{
    /// <summary>Whether there is no value.</summary>
    public bool IsNull => Type == WireType.Null;

    /// <summary>Fails unless the layout is the expected one.</summary>
    /// <exception cref="WireException">It is another.</exception>
    public void Expect(WireType type)
    {
        if (Type != type)
        {
            WireException.ThrowUnexpected(Type);
        }
    }
}
