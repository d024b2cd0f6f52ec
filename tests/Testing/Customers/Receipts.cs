using System.Collections.Concurrent;

namespace ActorShop.Testing.Customers;

/// <summary>The receipts of all clients of a run. Thread-safe.</summary>
/// <param name="store">Receives each receipt, to write it to a file.</param>
public sealed class Receipts(Action<Receipt>? store = null)
{
    private readonly ConcurrentQueue<Receipt> _all = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private int _orders;
    private int _abandoned;

    /// <summary>All receipts.</summary>
    public IReadOnlyCollection<Receipt> All => _all;

    /// <summary>Answers that must not occur, as clients saw them.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>The number of acknowledged orders.</summary>
    public int Orders => Volatile.Read(ref _orders);

    /// <summary>The number of requests without an answer after all attempts.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Adds a receipt.</summary>
    public void Add(Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);

        _all.Enqueue(receipt);
        store?.Invoke(receipt);
        if (receipt is { Call.Kind: CallKind.Checkout, Reply.IsFine: true })
        {
            Interlocked.Increment(ref _orders);
        }
    }

    /// <summary>Counts a request without an answer.</summary>
    public void Abandon() => Interlocked.Increment(ref _abandoned);

    /// <summary>Adds a violation.</summary>
    public void Report(string violation) => _violations.Enqueue(violation);
}
