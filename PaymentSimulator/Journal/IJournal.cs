namespace ActorShop.PaymentSimulator.Journal;

/// <summary>The durable record of the provider's decisions.</summary>
/// <remarks>One owner appends entries, in order; reading is safe from any thread.</remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>The entries of earlier processes, in order. Read once, before the first append.</summary>
    IEnumerable<JournalEntry> Replay();

    /// <summary>Appends an entry; completes when it and all entries before it are durable.</summary>
    Task AppendAsync(JournalEntry entry);

    /// <summary>The durable entries after a sequence, in order.</summary>
    IReadOnlyList<JournalEntry> Read(long after, int limit);
}
