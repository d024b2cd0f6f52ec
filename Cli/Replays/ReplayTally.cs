using System.Collections.Concurrent;

namespace ActorShop.Cli.Replays;

/// <summary>
/// Sums what the shop accepted in the way of its reports: what a report should contain is known to the minor unit, refusals included.
/// Safe from any thread.
/// </summary>
internal sealed class ReplayTally(EventMapping mapping)
{
    private const int KeptExplanations = 20;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MonthFigures> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _units = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplayFate> _fates = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _explanations = new();
    private readonly (int Count, long Amount)[] _went = new (int, long)[Enum.GetValues<Destination>().Length];
    private long _events;

    public EventMapping Mapping => mapping;

    /// <summary>The number of finished events.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>What the shop should report, by month.</summary>
    public IReadOnlyDictionary<string, MonthFigures> Months => _months;

    /// <summary>Units sold by SKU, those without a price included.</summary>
    public IReadOnlyDictionary<string, long> Units => _units;

    /// <summary>The number of refused steps by problem code.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>The outcome of each step, by key.</summary>
    public IReadOnlyDictionary<string, ReplayFate> Fates => _fates;

    /// <summary>The first refusals as the shop explains them.</summary>
    public IReadOnlyCollection<string> Explanations => _explanations;

    /// <summary>All months together.</summary>
    public MonthFigures Total => _months.Values.Aggregate(MonthFigures.None, static (sum, month) => sum + month);

    /// <summary>Lines or documents, and minor units, that went somewhere else than into an order.</summary>
    public (int Count, long Amount) Went(Destination where) => _went[(int)where];

    /// <summary>Counts an event and the outcomes of its steps.</summary>
    public void Add(ShopEvent happened, IReadOnlyList<(ReplayStep Step, ReplayOutcome Outcome)> outcomes)
    {
        lock (_lock)
        {
            var counted = MonthFigures.None;
            var documents = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (step, outcome) in outcomes)
            {
                _fates[step.Key] = outcome.Fate;
                if (outcome.Fate is ReplayFate.Refused)
                {
                    var code = outcome.Code ?? "refused";
                    _refusals[code] = _refusals.GetValueOrDefault(code) + 1;
                }

                counted += Counted(step, outcome, documents);
            }

            counted = counted with
            {
                ReturnDocuments = documents.Count,
                Net = counted.Gross - counted.Refunded - counted.Credited + counted.Entries,
            };
            _months[happened.Month] = _months.GetValueOrDefault(happened.Month, MonthFigures.None) + counted;
        }

        Interlocked.Increment(ref _events);
    }

    /// <summary>Keeps the explanation of a refusal, for the first few.</summary>
    public void Explain(string key, string explanation)
    {
        if (_explanations.Count < KeptExplanations)
        {
            _explanations.Enqueue($"{key}: {explanation}");
        }
    }

    // Refunds with one external id are one document, as in the shop's reports: a cancellation may name several orders.
    private MonthFigures Counted(ReplayStep step, ReplayOutcome outcome, HashSet<string> documents)
    {
        var isDone = outcome.Fate is ReplayFate.Done;
        switch (step)
        {
            case ReplayStep.PlaceOrder order when isDone:
                foreach (var item in order.Items)
                {
                    _units[item.Sku] = _units.GetValueOrDefault(item.Sku) + item.Quantity;
                }

                return MonthFigures.None with { Orders = 1, Lines = order.Items.Length, Gross = ReplayItem.Total(order.Items) };

            case ReplayStep.PlaceOrder order:
                Send(Destination.RefusedOrders, 1, ReplayItem.Total(order.Items));
                return MonthFigures.None;

            case ReplayStep.Refund refund:
                return CountedRefund(refund, outcome, documents);

            case ReplayStep.CreditNote note when isDone:
                var total = ReplayItem.Total(note.Items);
                Send(Destination.Unmatched, note.Items.Length, total);
                documents.Add(note.Key);
                return MonthFigures.None with { ReturnLines = note.Items.Length, Credited = total };

            case ReplayStep.Adjust adjust:
                Send(isDone ? Destination.Adjustments : Destination.RefusedAdjustments, 1, isDone ? adjust.Delta : 0);
                return MonthFigures.None;

            case ReplayStep.Entry entry when isDone:
                documents.Add(entry.Key);
                return MonthFigures.None with { Entries = -entry.Amount.Amount };

            default:
                return MonthFigures.None;
        }
    }

    private MonthFigures CountedRefund(ReplayStep.Refund refund, ReplayOutcome outcome, HashSet<string> documents)
    {
        if (outcome.Fate is ReplayFate.Pointless)
        {
            Send(Destination.Pointless, refund.Items.Length, ReplayItem.Total(refund.Items));
            return MonthFigures.None;
        }

        // A refused note does not take back the refund before it, and the other way round.
        var refundedLines = refund.Items.Length - outcome.NoteLines;
        if (refundedLines == 0 || (outcome.Fate is not ReplayFate.Done && outcome.Refunded + outcome.Credited == 0))
        {
            refundedLines = 0;
        }
        else
        {
            documents.Add(refund.Invoice);
        }

        var noteLines = outcome.Fate is ReplayFate.Done ? outcome.NoteLines : 0;
        if (noteLines > 0)
        {
            documents.Add(ReplayStep.CreditNote.RestOf(refund));
        }

        Send(Destination.Refunded, refundedLines, outcome.Refunded);
        Send(Destination.Excess, outcome.Credited > 0 ? 1 : 0, outcome.Credited);
        Send(Destination.Lacking, noteLines, outcome.NoteAmount);
        return MonthFigures.None with
        {
            ReturnLines = refundedLines + noteLines,
            Refunded = outcome.Refunded,
            Credited = outcome.Credited + outcome.NoteAmount,
        };
    }

    private void Send(Destination where, int count, long amount) =>
        _went[(int)where] = (_went[(int)where].Count + count, _went[(int)where].Amount + amount);
}
