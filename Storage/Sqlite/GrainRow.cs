using System.Globalization;
using System.Text.Json;

namespace ActorShop.Storage.Sqlite;

/// <summary>A grain's write, cut into rows on the caller's thread and written on the writer's.</summary>
internal sealed class GrainRow
{
    private readonly SqlValue _stateName;
    private readonly SqlValue _key;
    private readonly long? _expected;
    private readonly SqlValue _head;
    private readonly long _sequence;
    private readonly EntityRecord? _stored;
    private readonly ImmutableArray<RecordedEvent<byte[]>> _events;

    private GrainRow(string stateName, string key, long? expected, SqlValue head, EntityRecord? stored)
    {
        _stateName = stateName;
        _key = System.Text.Encoding.UTF8.GetBytes(key);
        _expected = expected;
        _head = head;
        _stored = stored;
        _sequence = stored?.Sequence ?? 0;
        _events = stored?.EventsToJson() ?? [];
    }

    /// <summary>A write of a state.</summary>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="key">The grain's key.</param>
    /// <param name="expected">The version that must be the stored one; null where there must be no row.</param>
    /// <param name="state">A <c>Stored&lt;,&gt;</c>, or any other state, which is its own head.</param>
    public static GrainRow Of<T>(string stateName, string key, long? expected, T state) => state is EntityRecord stored
        ? new(stateName, key, expected, stored.HeadToJson(), stored)
        : new(stateName, key, expected, JsonSerializer.SerializeToUtf8Bytes(state, ShopJson.Options), stored: null);

    /// <summary>A clearing: the row stays without a head, so that its stream goes on where it ended.</summary>
    public static GrainRow Cleared(string stateName, string key, long? expected, long sequence) =>
        new(stateName, key, expected, default(long?), new Ended { Sequence = sequence });

    /// <summary>Writes the rows, or none of them.</summary>
    public WriteResult Write(SqliteConnection connection)
    {
        // The version decides before anything else is written, so a refused write leaves nothing to take back.
        var written = _expected is { } expected
            ? connection.Execute(
                "update grain_state set version = version + 1, sequence = ?4, label = ?5, head = ?6 where state_name = ?1 and key = ?2 and version = ?3",
                _stateName, _key, expected, _sequence, _stored?.Label, _head)
            : connection.Execute(
                "insert into grain_state (state_name, key, version, sequence, label, head) values (?1, ?2, 1, ?3, ?4, ?5) on conflict do nothing",
                _stateName, _key, _sequence, _stored?.Label, _head);
        if (written == 0)
        {
            return new(
                Written: false,
                connection.First(
                    "select version from grain_state where state_name = ?1 and key = ?2",
                    static row => row.Integer(0), default(long?), _stateName, _key));
        }

        if (_stored is not null)
        {
            WriteParts(connection, _stored);
        }

        return new(Written: true, (_expected ?? 0) + 1);
    }

    private void WriteParts(SqliteConnection connection, EntityRecord stored)
    {
        foreach (var happened in _events)
        {
            connection.Execute(
                "insert into events (stream, seq, at, type, reference, data) values (?1, ?2, ?3, ?4, ?5, ?6)",
                _key, happened.Sequence, happened.At, happened.Type, happened.Reference, happened.Data);
        }

        foreach (var delivery in stored.Outbox)
        {
            connection.Execute(
                "insert into outbox (topic, stream, seq, at) values (?1, ?2, ?3, ?4)",
                delivery.Topic, _key, delivery.Sequence, At(delivery.Sequence));
        }

        for (var side = 0; side < stored.Postings.Length; side++)
        {
            var posting = stored.Postings[side];
            connection.Execute(
                "insert into postings (stream, seq, side, account, amount, currency) values (?1, ?2, ?3, ?4, ?5, ?6)",
                _key, posting.Sequence, side, posting.Account, posting.Amount, posting.Currency);
        }

        if (stored.Due is { } due)
        {
            connection.Execute(
                "insert into due (state_name, key, at) values (?1, ?2, ?3) "
                + "on conflict do update set at = excluded.at where at <> excluded.at",
                _stateName, _key, due);
        }
        else
        {
            connection.Execute("delete from due where state_name = ?1 and key = ?2", _stateName, _key);
        }
    }

    // Events are without gaps, so the position of one follows from the last.
    private DateTimeOffset At(long sequence) => _events[(int)(sequence - _events[0].Sequence)].At;

    /// <summary>What became of a write.</summary>
    /// <param name="Written">Whether the version was the expected one.</param>
    /// <param name="Version">The version stored now; null where there is no row.</param>
    internal readonly record struct WriteResult(bool Written, long? Version)
    {
        public string? Etag => Version?.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Ended : EntityRecord
    {
        public override byte[] HeadToJson() => throw new NotSupportedException();

        public override void SetHead(ReadOnlySpan<byte> json) => throw new NotSupportedException();

        public override ImmutableArray<RecordedEvent<byte[]>> EventsToJson() => [];
    }
}
