using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.Simulation.Shop;

/// <summary>The provider's journal: the witness of the money, told to the checkers line by line.</summary>
internal sealed class WatchedJournal : IJournal
{
    private readonly List<JournalEntry> _entries = [];

    /// <summary>Told of every entry.</summary>
    public Action<JournalEntry>? Appended { get; set; }

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Replay() => _entries;

    /// <inheritdoc/>
    public Task AppendAsync(JournalEntry entry)
    {
        _entries.Add(entry);
        Appended?.Invoke(entry);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> Read(long after, int limit) => [.. _entries.Skip((int)after).Take(limit)];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
