namespace ActorShop.PaymentSimulator.Journal;

/// <summary>A journal in memory, for tests and simulations.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => Read(0, int.MaxValue);

    public IEnumerable<JournalEntry> Replay() => Entries;

    public Task AppendAsync(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return Task.CompletedTask;
    }

    public IReadOnlyList<JournalEntry> Read(long after, int limit)
    {
        lock (_gate)
        {
            return [.. _entries.Skip((int)after).Take(limit)];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
