using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace ActorShop.Storage.Postgres;

/// <summary>Reads the states of grains: what is asked while an answer is under way is asked together.</summary>
/// <remarks>
/// Every cart, order and payment is read once when it begins, to learn that it is not there. A question by itself is sent at once; under
/// load they share round trips as writes do. Nothing is answered from an earlier answer. A question that fails fails all in it.
/// </remarks>
internal sealed class PostgresReader : IAsyncDisposable
{
    // While one answer is under way the other may be sent for; more readers would only make batches smaller.
    private const int Readers = 2;
    private const int Limit = 256;

    private readonly PostgresDatabase _database;
    private readonly Channel<GrainRead> _queue;
    private readonly Task _reading;

    /// <summary>Starts to wait for questions.</summary>
    public PostgresReader(PostgresDatabase database, PostgresOptions options)
    {
        _database = database;
        _queue = Channel.CreateBounded<GrainRead>(new BoundedChannelOptions(options.QueueLimit));
        _reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(RunAsync)));
    }

    /// <summary>Reads a state as it is stored at some moment between the call and its end.</summary>
    /// <exception cref="LimitExceededException">Too many wait.</exception>
    public Task<GrainRow?> ReadAsync(string stateName, string key)
    {
        var read = new GrainRead(stateName, key);
        if (_queue.Writer.TryWrite(read))
        {
            return read.Completion;
        }

        return Task.FromException<GrainRow?>(_queue.Reader.Completion.IsCompleted
            ? new ObjectDisposedException(nameof(PostgresReader), "The database is closed.")
            : new LimitExceededException("Too many reads wait already."));
    }

    /// <summary>Answers what is queued, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _reading;
    }

    private async Task RunAsync()
    {
        var batch = new List<GrainRead>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < Limit && _queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            if (batch.Count == 0)
            {
                continue;
            }

            try
            {
                var rows = await _database.ReadAsync((_, connection) => SelectAsync(connection, batch));
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Found(rows[i]);
                }
            }
            catch (Exception failure)
            {
                // Nothing may end this loop. Each has an exception of its own: they travel on, and gather stacks.
                batch.ForEach(read => read.Failed(OfOne(failure)));
            }

            batch.Clear();
        }
    }

    private static Exception OfOne(Exception failure) => failure switch
    {
        OrleansConfigurationException => new OrleansConfigurationException(failure.Message, failure),
        PostgresFaultException { InnerException: PostgresException refusal } => new PostgresFaultException(refusal),
        _ => new StorageUnavailableException(failure.Message, failure),
    };

    private async Task<GrainRow?[]> SelectAsync(NpgsqlConnection connection, List<GrainRead> batch)
    {
        await using var command = new NpgsqlCommand("select grain, version, sequence, head from actorshop_read_batch($1, $2, $3)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _database.ServiceId });
        command.Parameters.Add(Texts(batch, static read => read.StateName));
        command.Parameters.Add(Texts(batch, static read => read.Key));
        var rows = new GrainRow?[batch.Count];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows[reader.GetInt32(0) - 1] = new(
                reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3));
        }

        return rows;
    }

    private static NpgsqlParameter<string[]> Texts(List<GrainRead> batch, Func<GrainRead, string> text)
    {
        var values = new string[batch.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = text(batch[i]);
        }

        return new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }
}
