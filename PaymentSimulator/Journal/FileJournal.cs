using System.Text.Json;
using System.Threading.Channels;

namespace ActorShop.PaymentSimulator.Journal;

/// <summary>A journal in a file, one JSON object per line, flushed to the disk before an entry is acknowledged.</summary>
/// <remarks>
/// Entries that arrive during a flush share the next one. A crash can leave a partial last line, which the next start removes: it was never
/// acknowledged. After a failed write the journal accepts no more entries.
/// </remarks>
public sealed class FileJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly List<JournalEntry> _entries = [];
    private readonly Channel<(JournalEntry Entry, TaskCompletionSource Durable)> _queue =
        Channel.CreateBounded<(JournalEntry, TaskCompletionSource)>(new BoundedChannelOptions(10_000) { SingleReader = true });

    private readonly Task _writer;

    /// <summary>Opens or creates the file, and locks it for writing.</summary>
    public FileJournal(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _file = PrivateFile.Open(path, FileShare.Read);
        Load();
        _writer = Task.Run(WriteAsync);
    }

    public IEnumerable<JournalEntry> Replay() => Read(0, int.MaxValue);

    public Task AppendAsync(JournalEntry entry)
    {
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _queue.Writer.TryWrite((entry, durable))
            ? durable.Task
            : Task.FromException(new IOException("The journal is closed, or further behind than it may be."));
    }

    public IReadOnlyList<JournalEntry> Read(long after, int limit)
    {
        lock (_gate)
        {
            return [.. _entries.Skip((int)after).Take(limit)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
        await _file.DisposeAsync();
    }

    private void Load()
    {
        var reader = new StreamReader(_file, leaveOpen: true);
        var text = reader.ReadToEnd();
        var whole = text.LastIndexOf('\n') + 1;
        foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _entries.Add(JsonSerializer.Deserialize<JournalEntry>(line, JournalEntry.Json)
                ?? throw new InvalidDataException($"{_file.Name} is not a journal."));
        }

        _file.SetLength(System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, whole)));
        _file.Position = _file.Length;
    }

    private async Task WriteAsync()
    {
        var batch = new List<(JournalEntry Entry, TaskCompletionSource Durable)>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < 1_000 && _queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            try
            {
                foreach (var (entry, _) in batch)
                {
                    JsonSerializer.Serialize(_file, entry, JournalEntry.Json);
                    _file.WriteByte((byte)'\n');
                }

                _file.Flush(flushToDisk: true);
            }
            catch (IOException failure)
            {
                _queue.Writer.TryComplete(failure);
                Fail(batch, failure);
                return;
            }

            lock (_gate)
            {
                _entries.AddRange(batch.Select(static item => item.Entry));
            }

            batch.ForEach(static item => item.Durable.SetResult());
            batch.Clear();
        }
    }

    private void Fail(List<(JournalEntry Entry, TaskCompletionSource Durable)> batch, IOException failure)
    {
        batch.ForEach(item => item.Durable.SetException(failure));
        while (_queue.Reader.TryRead(out var next))
        {
            next.Durable.SetException(failure);
        }
    }
}
