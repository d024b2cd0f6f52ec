using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using PendingRead = ActorShop.Storage.Postgres.Pending<(string StateName, string Key), ActorShop.Storage.EntityRow?>;

namespace ActorShop.Storage.Postgres;

/// <summary>Reads the states of grains. Reads that arrive while another is under way share the next round trip.</summary>
/// <remarks>
/// Batches make the activations of many grains cheap. A single read is sent at once. No answer is used twice. A failure fails all reads of its batch.
/// </remarks>
internal sealed class PostgresReader : IAsyncDisposable
{
    // One is under way while the other is sent. More readers only make batches smaller.
    private const int Readers = 2;
    private const int Limit = 256;

    private readonly PostgresDatabase _database;
    private readonly Channel<PendingRead> _queue;
    private readonly Task _reading;

    public PostgresReader(PostgresDatabase database, PostgresOptions options)
    {
        _database = database;
        _queue = Channel.CreateBounded<PendingRead>(new BoundedChannelOptions(options.QueueLimit));
        _reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(RunAsync)));
    }

    /// <summary>Reads a state as it is stored at a moment between the call and its end.</summary>
    public Task<EntityRow?> ReadAsync(string stateName, string key)
    {
        var read = new PendingRead((stateName, key));
        if (_queue.Writer.TryWrite(read))
        {
            return read.Answer;
        }

        return Task.FromException<EntityRow?>(_queue.Reader.Completion.IsCompleted
            ? new ObjectDisposedException(nameof(PostgresReader), "The database is closed.")
            : new LimitExceededException("Too many reads wait."));
    }

    /// <summary>Answers the reads in the queue, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _reading;
    }

    private async Task RunAsync()
    {
        var batch = new List<PendingRead>();
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
                var rows = await _database.ReadRowsAsync(connection => SelectAsync(connection, batch));
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Succeed(rows[i]);
                }
            }
            catch (Exception failure)
            {
                // Nothing may end this loop. Each read gets an exception of its own: exceptions travel on and gather stacks.
                batch.ForEach(read => read.Fail(OfOne(failure)));
            }

            batch.Clear();
        }
    }

    private static Exception OfOne(Exception failure) => failure switch
    {
        OrleansConfigurationException => new OrleansConfigurationException(failure.Message, failure),
        StorageFaultException refusal => new StorageFaultException(refusal.Message, refusal.Code, refusal),
        _ => new StorageUnavailableException(failure.Message, failure),
    };

    private async Task<EntityRow?[]> SelectAsync(NpgsqlConnection connection, List<PendingRead> batch)
    {
        await using var command = new NpgsqlCommand("select grain, version, sequence, head from actorshop_read_batch($1, $2, $3)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _database.ServiceId });
        command.Parameters.Add(Texts(batch.Select(static read => read.Request.StateName)));
        command.Parameters.Add(Texts(batch.Select(static read => read.Request.Key)));
        var rows = new EntityRow?[batch.Count];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows[reader.GetInt32(0) - 1] = new(
                reader.GetInt32(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3));
        }

        return rows;
    }

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> texts) =>
        new() { TypedValue = [.. texts], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
