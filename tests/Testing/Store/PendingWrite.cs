using System.Globalization;
using System.Text;

namespace ActorShop.Testing;

public sealed record PendingWrite(
    string State, string Key, long? ExpectedVersion, byte[] Head, long Sequence, ImmutableArray<EventRow> Events, ImmutableArray<Delivery> Outbox,
    ImmutableArray<Posting> Postings, DateTimeOffset? Due, string? Label)
{
    public static PendingWrite Of(string state, string key, string? etag, EntityRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(
            state, key, etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture), record.HeadToJson(), record.Sequence,
            [.. record.EventsToJson().Select(row => new EventRow(key, row.Sequence, row.At, row.Type, row.Reference, Encoding.UTF8.GetString(row.Data)))],
            record.Outbox, record.Postings, record.Due, record.Label);
    }
}
