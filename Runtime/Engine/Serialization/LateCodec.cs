namespace ActorShop.Runtime.Serialization;

/// <summary>A codec that is asked for when it is first used: types may contain each other.</summary>
/// <remarks>A mutable struct: kept in a field that is not read-only. A race of two threads finds the same codec twice.</remarks>
internal struct LateCodec<T>(ICodecProvider provider)
{
    private Codec<T>? _codec;

    public Codec<T> Value => _codec ??= provider.GetCodec<T>();
}

/// <summary>An optional value: null, or the value without further wrapping.</summary>
internal sealed class NullableCodec<T>(ICodecProvider provider) : Codec<T?>
    where T : struct
{
    private LateCodec<T> _value = new(provider);

    public override bool IsImmutable => _value.Value.IsImmutable;

    public override void WriteField(ref WireWriter writer, uint fieldId, T? value)
    {
        if (value is { } present)
        {
            _value.Value.WriteField(ref writer, fieldId, present);
        }
        else
        {
            writer.WriteNull(fieldId);
        }
    }

    public override T? ReadValue(ref WireReader reader, WireTag tag) => tag.IsNull ? null : _value.Value.ReadValue(ref reader, tag);

    public override T? Copy(T? value) => value is { } present ? _value.Value.Copy(present) : null;
}

/// <summary>A pair: the key is field 1, the value field 2.</summary>
internal sealed class KeyValuePairCodec<TKey, TValue>(ICodecProvider provider) : Codec<KeyValuePair<TKey, TValue>>
{
    private LateCodec<TKey> _key = new(provider);
    private LateCodec<TValue> _value = new(provider);

    public override bool IsImmutable => _key.Value.IsImmutable && _value.Value.IsImmutable;

    public override void WriteField(ref WireWriter writer, uint fieldId, KeyValuePair<TKey, TValue> value)
    {
        writer.StartObject(fieldId);
        _key.Value.WriteField(ref writer, 1, value.Key);
        _value.Value.WriteField(ref writer, 2, value.Value);
        writer.EndObject();
    }

    public override KeyValuePair<TKey, TValue> ReadValue(ref WireReader reader, WireTag tag)
    {
        reader.StartObject(tag);
        var key = default(TKey)!;
        var value = default(TValue)!;
        while (reader.TryReadMember(out tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    key = _key.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    value = _value.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new KeyValuePair<TKey, TValue>(key, value);
    }

    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value) =>
        new(_key.Value.Copy(value.Key), _value.Value.Copy(value.Value));
}
