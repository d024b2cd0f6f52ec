namespace ActorShop.Storage;

internal sealed class EventTable(IDatabase database) : IEventTable
{
    public Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit) => database.ReadAsync(session => session.SelectAsync(
        $"select stream, seq, at, type, reference, data from events where stream = {stream} and seq > {after} order by seq limit {limit}", Event));

    public Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference) => database.ReadAsync(session => session.SelectAsync(
        $"select stream, seq, at, type, reference, data from events where stream = {stream} and reference = {reference} order by seq", Event));

    /// <summary>An event from the first six columns of a row.</summary>
    internal static EventRow Event(Row row) => new(row.Text(0), row.Long(1), row.Moment(2), row.Text(3), row.TextOrNull(4), row.Text(5));
}
