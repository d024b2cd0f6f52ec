using System.Text.Json;

namespace ActorShop.Storage.Sqlite;

/// <summary>Writes the parts of an <see cref="EntityWrite"/> to their tables. Runs on the writer's thread.</summary>
internal static class EntityStatements
{
    /// <summary>Writes all rows, or none of them.</summary>
    public static EntityWrite.Outcome Write(SqliteSession session, EntityWrite write)
    {
        var (state, key) = (write.StateName, write.Key);

        // The version decides before anything else is written, so a refused write leaves nothing to roll back. The driver binds bytes as
        // a blob; the cast stores them as the text that they are.
        var written = write.Expected is { } expected
            ? session.Execute(
                """
                update grain_state set version = version + 1, sequence = @sequence, label = @label, due_at = @due, head = cast(@head as text)
                where state_name = @state and key = @key and version = @expected
                """,
                ("@state", state), ("@key", key), ("@expected", expected),
                ("@sequence", write.Sequence), ("@label", write.Label), ("@due", write.Due), ("@head", write.Head))
            : session.Execute(
                """
                insert into grain_state (state_name, key, version, sequence, label, due_at, head)
                values (@state, @key, 1, @sequence, @label, @due, cast(@head as text)) on conflict do nothing
                """,
                ("@state", state), ("@key", key), ("@sequence", write.Sequence), ("@label", write.Label), ("@due", write.Due), ("@head", write.Head));
        if (written == 0)
        {
            var stored = session.Scalar("select version from grain_state where state_name = @state and key = @key", ("@state", state), ("@key", key));
            return new(IsWritten: false, stored is long version ? (int)version : null);
        }

        foreach (var happened in write.Events)
        {
            session.Execute(
                "insert into events (stream, seq, at, type, reference, data) values (@stream, @seq, @at, @type, @reference, cast(@data as text))",
                ("@stream", key), ("@seq", happened.Sequence), ("@at", happened.At), ("@type", happened.Type), ("@reference", happened.Reference), ("@data", happened.Data));
        }

        foreach (var topic in write.Outbox.GroupBy(static delivery => delivery.Topic, static delivery => delivery.Sequence, StringComparer.Ordinal))
        {
            session.Execute(
                "insert into outbox_batches (topic, at, events, stream, sequences) values (@topic, @at, @events, @stream, @sequences)",
                ("@topic", topic.Key), ("@at", write.At(topic.First())), ("@events", topic.Count()), ("@stream", key), ("@sequences", JsonSerializer.Serialize(topic)));
        }

        for (var side = 0; side < write.Postings.Length; side++)
        {
            var posting = write.Postings[side];
            session.Execute(
                "insert into postings (stream, seq, side, account, amount, currency) values (@stream, @seq, @side, @account, @amount, @currency)",
                ("@stream", key), ("@seq", posting.Sequence), ("@side", side), ("@account", posting.Account), ("@amount", posting.Amount), ("@currency", posting.Currency));
        }

        return new(IsWritten: true, (write.Expected ?? 0) + 1);
    }
}
