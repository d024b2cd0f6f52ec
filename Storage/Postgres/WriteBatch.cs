using Npgsql;
using NpgsqlTypes;
using PendingWrite = ActorShop.Storage.Postgres.Pending<ActorShop.Storage.EntityWrite, ActorShop.Storage.EntityWrite.Outcome>;

namespace ActorShop.Storage.Postgres;

/// <summary>Writes of several grains as the columns that the function <c>actorshop_write_batch</c> takes.</summary>
/// <remarks>The grains come in the order of their state and key, so that batches lock rows in one order and cannot deadlock.</remarks>
internal sealed class WriteBatch
{
    /// <summary>The statement, whose answer is a row for each grain that was refused: its number and the version stored.</summary>
    public const string Statement =
        "select grain, stored from actorshop_write_batch("
        + "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)";

    private readonly PendingWrite[] _pending;
    private readonly List<EntityWrite> _writes;

    public WriteBatch(IEnumerable<PendingWrite> pending)
    {
        _pending = [.. pending.OrderBy(static p => p.Request.StateName, StringComparer.Ordinal).ThenBy(static p => p.Request.Key, StringComparer.Ordinal)];
        _writes = [.. _pending.Select(static p => p.Request)];
    }

    public IReadOnlyList<PendingWrite> Writes => _pending;

    public void Bind(NpgsqlCommand command, string service)
    {
        var events = Parts(static write => write.Events);
        var outbox = Parts(static write => write.Outbox);
        var postings = Parts(static write => write.Postings);
        var to = command.Parameters;
        to.Clear();
        to.Add(new NpgsqlParameter<string> { TypedValue = service });
        Add(to, _writes, static w => w.StateName, NpgsqlDbType.Text);
        Add(to, _writes, static w => w.Key, NpgsqlDbType.Text);
        Add(to, _writes, static w => w.Expected, NpgsqlDbType.Integer);
        Add(to, _writes, static w => w.Sequence, NpgsqlDbType.Bigint);
        Add(to, _writes, static w => w.Label, NpgsqlDbType.Text);
        Add(to, _writes, static w => w.Due?.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(to, _writes, static w => w.Head, NpgsqlDbType.Json);

        Add(to, events, static e => e.Grain, NpgsqlDbType.Integer);
        Add(to, events, static e => e.Part.Sequence, NpgsqlDbType.Bigint);
        Add(to, events, static e => e.Part.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(to, events, static e => e.Part.Type, NpgsqlDbType.Text);
        Add(to, events, static e => e.Part.Reference, NpgsqlDbType.Text);
        Add(to, events, static e => e.Part.Data, NpgsqlDbType.Json);

        Add(to, outbox, static o => o.Grain, NpgsqlDbType.Integer);
        Add(to, outbox, static o => o.Part.Sequence, NpgsqlDbType.Bigint);
        Add(to, outbox, static o => o.Part.Topic, NpgsqlDbType.Text);
        Add(to, outbox, o => _writes[o.Grain - 1].At(o.Part.Sequence).UtcDateTime, NpgsqlDbType.TimestampTz);

        Add(to, postings, static p => p.Grain, NpgsqlDbType.Integer);
        Add(to, postings, static p => p.Part.Sequence, NpgsqlDbType.Bigint);
        Add(to, postings, static p => p.Side, NpgsqlDbType.Integer);
        Add(to, postings, static p => p.Part.Account, NpgsqlDbType.Text);
        Add(to, postings, static p => p.Part.Amount, NpgsqlDbType.Bigint);
        Add(to, postings, static p => p.Part.Currency, NpgsqlDbType.Text);
    }

    /// <param name="refused">The numbers of those that were refused, with the version stored.</param>
    public void Complete(IReadOnlyDictionary<int, int?> refused)
    {
        for (var i = 0; i < _pending.Length; i++)
        {
            _pending[i].Succeed(refused.TryGetValue(i + 1, out var stored)
                ? new(IsWritten: false, stored)
                : new(IsWritten: true, (_writes[i].Expected ?? 0) + 1));
        }
    }

    /// <summary>Fails each write, with an exception of its own: exceptions travel on and gather stacks.</summary>
    public void Fail(Func<Exception> failure) => Array.ForEach(_pending, write => write.Fail(failure()));

    private static void Add<TRow, T>(NpgsqlParameterCollection to, List<TRow> rows, Func<TRow, T> column, NpgsqlDbType type) =>
        to.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(column)], NpgsqlDbType = NpgsqlDbType.Array | type });

    private List<Row<T>> Parts<T>(Func<EntityWrite, ImmutableArray<T>> partsOf)
    {
        var parts = new List<Row<T>>(_writes.Count * 2);
        for (var i = 0; i < _writes.Count; i++)
        {
            var side = 0;
            foreach (var part in partsOf(_writes[i]))
            {
                parts.Add(new(i + 1, side++, part));
            }
        }

        return parts;
    }

    private readonly record struct Row<T>(int Grain, int Side, T Part);
}
