using System.Text;

namespace ActorShop.Runtime.Serialization;

/// <summary>
/// A value whose type is known at run time only: field 0 is the name of its type, field 1 the value. Copies ask the codec of
/// the object that is really there.
/// </summary>
/// <typeparam name="T">The declared type: <see cref="object"/>, an interface, or a class that is not sealed.</typeparam>
internal sealed class PolymorphicCodec<T>(CodecProvider provider) : Codec<T>
    where T : class
{
    public override bool IsImmutable => false;

    public override void WriteField(ref WireWriter writer, uint fieldId, T value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
            return;
        }

        var named = provider.Name(value.GetType());
        writer.StartObject(fieldId);
        writer.WriteBytes(0, named.Name);
        named.Codec.WriteField(ref writer, 1, value);
        writer.EndObject();
    }

    public override T ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return null!;
        }

        reader.StartObject(tag);
        if (!reader.TryReadMember(out tag) || tag.FieldId != 0)
        {
            throw new WireException(WireFault.UnknownType, "The data does not name the type of its value.");
        }

        var name = reader.ReadBytes(tag);
        if (!reader.TryReadMember(out tag) || tag.FieldId != 1)
        {
            throw new WireException(WireFault.UnexpectedType, "The data names a type and has no value.");
        }

        object? value = provider.FindByName(name) is { } codec
            ? codec.ReadValue(ref reader, tag)
            : ReadUnknown(ref reader, tag, name);
        reader.EndObject();
        return value as T ?? throw new WireException(
            WireFault.UnknownType, $"The data has a {Encoding.UTF8.GetString(name)} where {typeof(T)} is expected.");
    }

    public override T Copy(T value) => value is null ? null! : (T)provider.Name(value.GetType()).Codec.Copy(value)!;

    // An exception whose class this side does not have still tells what happened; anything else that is unknown is refused.
    private Exception ReadUnknown(ref WireReader reader, WireTag tag, ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        return typeof(T) == typeof(Exception)
            ? ExceptionLevelCodec.ReadUnavailable(provider, ref reader, tag, text)
            : throw new WireException(WireFault.UnknownType, $"The data names the type {text}, which is not known here.");
    }
}
