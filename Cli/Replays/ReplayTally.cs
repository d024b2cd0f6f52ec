namespace ActorShop.Cli.Replays;

/// <summary>
/// Sums what the shop accepted in the way of its reports: what a report should contain is known to the minor unit, refusals included.
/// Safe from any thread.
/// </summary>
internal sealed class ReplayTally(EventMapping mapping)
{
    private const int KeptExplanations = 20;

    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<string> _explanations = new();
    private readonly (int Count, long Amount)[] _went = new (int, long)[Enum.GetValues<Destination>().Length];
    private long _events;

    public EventMapping Mapping => mapping;

    public long Events => Interlocked.Read(ref _events);

    /// <summary>What the shop should report, by month.</summary>
    public SortedDictionary<string, MonthFigures> Months { get; } = new(StringComparer.Ordinal);

    /// <summary>Units sold by SKU, those without a price included.</summary>
    public Dictionary<string, long> Units { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ReplayFate> Fates { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Explanations => _explanations;

    public MonthFigures Total => MonthFigures.Sum(Months.Values);

    /// <summary>Lines or documents, and minor units, that went somewhere else than into an order.</summary>
    public (int Count, long Amount) Went(Destination where) => _went[(int)where];

    public void Add(ShopEvent happened, IReadOnlyList<(ReplayStep Step, ReplayOutcome Outcome)> outcomes)
    {
        lock (_lock)
        {
            var counted = MonthFigures.None;
            var documents = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (step, outcome) in outcomes)
            {
                Fates[step.Key] = outcome.Fate;
                if (outcome.Fate is ReplayFate.Refused)
                {
                    var code = outcome.Code ?? "refused";
                    Refusals[code] = Refusals.GetValueOrDefault(code) + 1;
                }

                counted += Counted(step, outcome, documents);
            }

            var net = counted.Gross - counted.Refunded - counted.Credited + counted.Entries;
            Months[happened.Month] = Months.GetValueOrDefault(happened.Month, MonthFigures.None) + counted with { ReturnDocuments = documents.Count, Net = net };
        }

        Interlocked.Increment(ref _events);
    }

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
                    Units[item.Sku] = Units.GetValueOrDefault(item.Sku) + item.Quantity;
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
        var isDone = outcome.Fate is ReplayFate.Done;
        var refundedLines = isDone || outcome.Refunded + outcome.Credited != 0 ? refund.Items.Length - outcome.NoteLines : 0;
        var noteLines = isDone ? outcome.NoteLines : 0;
        if (refundedLines > 0)
        {
            documents.Add(refund.Invoice);
        }

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
