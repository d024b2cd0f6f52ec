using System.Collections.Concurrent;
using ActorShop.Cli.Journals;

namespace ActorShop.Chaos.Workload;

/// <summary>Everything that clients of a run wrote down. Safe from any thread.</summary>
/// <param name="file">Where it outlives the run; one that is not kept will do.</param>
internal sealed class Receipts(Journal<Receipt> file)
{
    private readonly ConcurrentQueue<Receipt> _all = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _orders;
    private int _givenUp;

    /// <summary>All so far.</summary>
    public IReadOnlyCollection<Receipt> All => _all;

    /// <summary>What clients saw that must not be, while it went on.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Orders that were acknowledged so far.</summary>
    public int Orders => Volatile.Read(ref _orders);

    /// <summary>Requests that were not answered with all their repetitions.</summary>
    public int GivenUp => Volatile.Read(ref _givenUp);

    /// <summary>Writes down that a request was not answered with all its repetitions.</summary>
    public void GiveUp() => Interlocked.Increment(ref _givenUp);

    /// <summary>Writes something down.</summary>
    public void Add(Receipt receipt)
    {
        _all.Enqueue(receipt);
        file.Append(receipt);
        if (receipt is { Kind: ReceiptKind.Checkout, IsAcknowledged: true })
        {
            Interlocked.Increment(ref _orders);
        }
    }

    /// <summary>Writes down what must not be.</summary>
    public void Object(string what) => _wrong.Enqueue(what);
}
