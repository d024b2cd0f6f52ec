using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>
/// Carries events to other processes: fields 1 to 5 are the subscription (provider, name space, key, id, whether it is implicit), 6 the
/// subscriber, 7 the number, 8 the kind, and 9 the event with the name of its type.
/// </summary>
internal sealed class DeliverEventCodec(ICodecProvider codecs) : Codec<DeliverEvent>
{
    private readonly Codec<object> _items = codecs.GetCodec<object>();
    private readonly Codec<Exception> _exceptions = codecs.GetCodec<Exception>();
    private readonly Codec<GrainId> _grains = codecs.GetCodec<GrainId>();

    public override bool IsImmutable => true;

    public override void WriteField(ref WireWriter writer, uint fieldId, DeliverEvent value)
    {
        var subscriber = value.Subscriber;
        writer.StartObject(fieldId);
        writer.WriteString(1, subscriber.Provider);
        writer.WriteBytes(2, subscriber.Stream.Namespace.Span);
        writer.WriteBytes(3, subscriber.Stream.Key.Span);
        writer.WriteGuid(4, subscriber.Id);
        writer.WriteBoolean(5, subscriber.IsImplicit);
        _grains.WriteField(ref writer, 6, subscriber.Grain);
        writer.WriteInt64(7, value.Item.Number);
        writer.WriteByte(8, (byte)value.Item.Kind);
        if (value.Item.Content is Exception exception && value.Item.Kind == StreamEventKind.Failed)
        {
            _exceptions.WriteField(ref writer, 9, exception);
        }
        else
        {
            _items.WriteField(ref writer, 9, value.Item.Content!);
        }

        writer.EndObject();
    }

    public override DeliverEvent ReadValue(ref WireReader reader, WireTag tag)
    {
        reader.StartObject(tag);
        var (provider, space, key, id, isImplicit, grain) = ("", Array.Empty<byte>(), Array.Empty<byte>(), default(Guid), false, default(GrainId));
        var (number, kind) = (0L, StreamEventKind.Item);
        StreamEvent item = new StreamCompleted();
        while (reader.TryReadMember(out tag))
        {
            switch (tag.FieldId)
            {
                case 1: provider = reader.ReadString(tag) ?? ""; break;
                case 2: space = reader.ReadBytes(tag).ToArray(); break;
                case 3: key = reader.ReadBytes(tag).ToArray(); break;
                case 4: id = reader.ReadGuid(tag); break;
                case 5: isImplicit = reader.ReadBoolean(tag); break;
                case 6: grain = _grains.ReadValue(ref reader, tag); break;
                case 7: number = reader.ReadInt64(tag); break;
                case 8: kind = (StreamEventKind)reader.ReadByte(tag); break;
                case 9: item = ReadItem(ref reader, tag, kind); break;
                default: reader.Skip(tag); break;
            }
        }

        if (key.Length == 0)
        {
            throw new WireException(WireFault.InvalidValue, "The event names no stream.");
        }

        item.Number = number;
        return new DeliverEvent(new Subscriber(provider, StreamId.Create(space, key), id, grain, isImplicit), item);
    }

    public override DeliverEvent Copy(DeliverEvent value) => value;

    private StreamEvent ReadItem(ref WireReader reader, WireTag tag, StreamEventKind kind)
    {
        switch (kind)
        {
            case StreamEventKind.Item:
                return new BoxedItem(_items.ReadValue(ref reader, tag), copier: null);
            case StreamEventKind.Failed:
                return new StreamFailed(_exceptions.ReadValue(ref reader, tag));
            default:
                reader.Skip(tag);
                return new StreamCompleted();
        }
    }
}
