namespace ActorShop.PaymentSimulator.Journal;

/// <summary>A journal that lives as long as its object: for tests and simulations, where nothing may touch a disk.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];

    /// <summary>All entries.</summary>
    public IReadOnlyList<JournalEntry> Entries => Read(0, int.MaxValue);

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Replay() => Entries;

    /// <inheritdoc/>
    public Task AppendAsync(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> Read(long after, int limit)
    {
        lock (_gate)
        {
            return [.. _entries.Skip((int)after).Take(limit)];
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
