using Orleans.Runtime;
using Orleans.Serialization;

namespace ActorShop.Runtime.Serialization;

/// <summary>A reference: field 0 is the grain's id, field 1 the name of the interface. A grain that passes itself becomes one.</summary>
/// <typeparam name="T">The grain interface, or <see cref="GrainReference"/>.</typeparam>
internal sealed class GrainReferenceCodec<T>(CodecProvider provider) : Codec<T>
    where T : class
{
    // References never change, but a grain that passes itself must not reach another turn as an object.
    public override bool IsImmutable => false;

    public override void WriteField(ref WireWriter writer, uint fieldId, T value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
            return;
        }

        var reference = ReferenceTo(value);
        writer.StartObject(fieldId);
        writer.WriteString(0, reference.GrainId.ToString());
        writer.WriteString(1, reference.InterfaceName);
        writer.EndObject();
    }

    public override T ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return null!;
        }

        reader.StartObject(tag);
        string? id = null;
        string? name = null;
        while (reader.TryReadMember(out tag))
        {
            switch (tag.FieldId)
            {
                case 0:
                    id = reader.ReadString(tag);
                    break;
                case 1:
                    name = reader.ReadString(tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (name is null || !GrainId.TryParse(id, provider: null, out var grainId))
        {
            throw new WireException(WireFault.InvalidValue, "The data is no valid reference.");
        }

        return (object?)Source.Find(grainId, name) as T
            ?? throw new WireException(WireFault.UnknownType, $"No reference through {name} is a {typeof(T)}.");
    }

    public override T Copy(T value) => value is null or GrainReference ? value! : (T)(object)ReferenceTo(value);

    private IGrainReferenceSource Source =>
        provider.References ?? throw new InvalidOperationException("References can be read and made only within an engine.");

    private GrainReference ReferenceTo(T value) => value as GrainReference
        ?? Source.Find(value, typeof(T))
        ?? throw new SerializerException($"{value.GetType()} cannot be passed as {typeof(T)}: it is neither a grain nor an observer with a reference.");
}
