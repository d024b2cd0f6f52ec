namespace ActorShop.PaymentSimulator.Journal;

/// <summary>Where the provider keeps what it did, so that it survives its own death.</summary>
/// <remarks>Entries are appended by one owner, in order; reading is safe from any thread.</remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>All that was kept before this process began, in order. Read once, before the first append.</summary>
    IEnumerable<JournalEntry> Replay();

    /// <summary>Appends an entry; completes when it, and every one before it, is durable.</summary>
    Task AppendAsync(JournalEntry entry);

    /// <summary>The durable entries after a sequence, in order.</summary>
    IReadOnlyList<JournalEntry> Read(long after, int limit);
}
