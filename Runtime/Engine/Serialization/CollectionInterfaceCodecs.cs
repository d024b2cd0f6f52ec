namespace ActorShop.Runtime.Serialization;

/// <summary>
/// A member declared by a collection interface: field 0 is the number of the concrete type in a fixed list, field 1 the value.
/// A collection on no list is written, and copied, as the first.
/// </summary>
internal abstract class CollectionInterfaceCodec<TInterface>(ICodecProvider provider, Type[] types) : Codec<TInterface>
    where TInterface : class
{
    private readonly ICodec?[] _codecs = new ICodec?[types.Length];

    public sealed override bool IsImmutable => false;

    public sealed override void WriteField(ref WireWriter writer, uint fieldId, TInterface value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
            return;
        }

        var concrete = Concrete(value, out var number);
        writer.StartObject(fieldId);
        writer.WriteUInt32(0, (uint)number);
        CodecOf(number).WriteField(ref writer, 1, concrete);
        writer.EndObject();
    }

    public sealed override TInterface ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return null!;
        }

        reader.StartObject(tag);
        if (!reader.TryReadMember(out tag) || tag.FieldId != 0)
        {
            throw new WireException(WireFault.UnexpectedType, "The data does not name its collection.");
        }

        var number = reader.ReadUInt32(tag);
        if (number >= types.Length)
        {
            throw new WireException(WireFault.UnknownType, "The data names no known collection.");
        }

        if (!reader.TryReadMember(out tag) || tag.FieldId != 1)
        {
            throw new WireException(WireFault.UnexpectedType, "The data names a collection and has none.");
        }

        var value = CodecOf((int)number).ReadValue(ref reader, tag);
        reader.EndObject();
        return value as TInterface ?? throw new WireException(WireFault.UnknownType, $"The collection is no {typeof(TInterface)}.");
    }

    public sealed override TInterface Copy(TInterface value)
    {
        if (value is null)
        {
            return null!;
        }

        var concrete = Concrete(value, out var number);
        return (TInterface)CodecOf(number).Copy(concrete)!;
    }

    /// <summary>The same elements in a collection of the first type.</summary>
    protected abstract object ToFirst(TInterface value);

    private object Concrete(TInterface value, out int number)
    {
        number = Array.IndexOf(types, value.GetType());
        if (number >= 0)
        {
            return value;
        }

        number = 0;
        return ToFirst(value);
    }

    private ICodec CodecOf(int number) => _codecs[number] ??= provider.GetCodec(types[number]);
}

internal sealed class SequenceInterfaceCodec<TInterface, T>(ICodecProvider provider, Type[] types)
    : CollectionInterfaceCodec<TInterface>(provider, types)
    where TInterface : class, IEnumerable<T>
{
    private readonly Type _first = types[0];

    protected override object ToFirst(TInterface value) => _first switch
    {
        { IsArray: true } => value.ToArray(),
        _ when _first == typeof(List<T>) => value.ToList(),
        _ => value.ToHashSet(),
    };
}

internal sealed class DictionaryInterfaceCodec<TInterface, TKey, TValue>(ICodecProvider provider, Type[] types)
    : CollectionInterfaceCodec<TInterface>(provider, types)
    where TInterface : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override object ToFirst(TInterface value) => new Dictionary<TKey, TValue>(value);
}
