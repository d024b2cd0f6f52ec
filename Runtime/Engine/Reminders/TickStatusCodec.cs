using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Reminders;

/// <summary>Carries ticks to grains in other silos: fields 1 to 3 are first tick, period, and this tick.</summary>
internal sealed class TickStatusCodec : ValueCodec<TickStatus>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, TickStatus value)
    {
        writer.StartObject(fieldId);
        writer.WriteDateTime(1, value.FirstTickTime);
        writer.WriteTimeSpan(2, value.Period);
        writer.WriteDateTime(3, value.CurrentTickTime);
        writer.EndObject();
    }

    public override TickStatus ReadValue(ref WireReader reader, WireTag tag)
    {
        reader.StartObject(tag);
        var (first, period, current) = (default(DateTime), default(TimeSpan), default(DateTime));
        while (reader.TryReadMember(out tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    first = reader.ReadDateTime(tag);
                    break;
                case 2:
                    period = reader.ReadTimeSpan(tag);
                    break;
                case 3:
                    current = reader.ReadDateTime(tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new TickStatus(first, period, current);
    }
}
