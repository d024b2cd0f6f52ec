namespace ActorShop.Testing.Customers;

/// <summary>The receipts of all clients of a run. Thread-safe.</summary>
/// <param name="store">Receives each receipt, to write it to a file.</param>
public sealed class Receipts(Action<Receipt>? store = null)
{
    private readonly Lock _lock = new();
    private readonly List<Receipt> _all = [];
    private readonly List<string> _placed = [];
    private readonly List<string> _violations = [];
    private int _abandoned;

    public IReadOnlyCollection<Receipt> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Answers that must not occur, as clients saw them.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    public int Orders
    {
        get
        {
            lock (_lock)
            {
                return _placed.Count;
            }
        }
    }

    /// <summary>The number of requests without an answer after all attempts.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    public void Add(Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);

        lock (_lock)
        {
            _all.Add(receipt);
            if (receipt is { IsPlaced: true, Order: { } order })
            {
                _placed.Add(order);
            }
        }

        store?.Invoke(receipt);
    }

    /// <summary>An acknowledged order; null while there is none.</summary>
    public string? AnyOrder(Func<int, int> draw)
    {
        ArgumentNullException.ThrowIfNull(draw);

        lock (_lock)
        {
            return _placed.Count == 0 ? null : _placed[draw(_placed.Count)];
        }
    }

    public void Abandon() => Interlocked.Increment(ref _abandoned);

    public void Report(string violation)
    {
        lock (_lock)
        {
            _violations.Add(violation);
        }
    }
}
