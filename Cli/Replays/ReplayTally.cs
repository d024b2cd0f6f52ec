using System.Collections.Concurrent;

namespace ActorShop.Cli.Replays;

/// <summary>
/// What the shop was told and took, summed as its reports sum it: so that what a report should say is known to the minor unit,
/// refusals among it. Safe from any thread.
/// </summary>
internal sealed class ReplayTally(EventMapping mapping)
{
    private const int KeptExplanations = 20;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MonthTally> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _units = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplayFate> _fates = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _explanations = new();
    private long _events;

    /// <summary>Where cancelled lines and refusals went.</summary>
    public Destinations Went { get; private set; } = new();

    /// <summary>Events that are through.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>By month, what the shop should report.</summary>
    public IReadOnlyDictionary<string, MonthTally> Months => _months;

    /// <summary>Units sold by SKU, those at no price among them.</summary>
    public IReadOnlyDictionary<string, long> Units => _units;

    /// <summary>How often each code refused a step.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>What became of each step.</summary>
    public IReadOnlyDictionary<string, ReplayFate> Fates => _fates;

    /// <summary>The first refusals in the shop's words.</summary>
    public IReadOnlyCollection<string> Explanations => _explanations;

    /// <summary>All months together.</summary>
    public MonthTally Total => _months.Values.Aggregate(MonthTally.None, static (sum, month) => sum + month);

    /// <summary>Counts an event and what became of its steps.</summary>
    public void Add(ShopEvent happened, IReadOnlyList<(ReplayStep Step, ReplayOutcome Outcome)> outcomes)
    {
        lock (_lock)
        {
            var counted = MonthTally.None;
            var papers = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (step, outcome) in outcomes)
            {
                _fates[step.Key] = outcome.Fate;
                if (outcome.Fate is ReplayFate.Refused)
                {
                    var code = outcome.Code ?? "refused";
                    _refusals[code] = _refusals.GetValueOrDefault(code) + 1;
                }

                counted += Counted(step, outcome, papers);
            }

            _months[happened.Month] =
                _months.GetValueOrDefault(happened.Month, MonthTally.None) + counted with { ReturnDocuments = papers.Count };
        }

        Interlocked.Increment(ref _events);
    }

    /// <summary>Keeps the words of a refusal, the first few.</summary>
    public void Explain(string key, string explanation)
    {
        if (_explanations.Count < KeptExplanations)
        {
            _explanations.Enqueue($"{key}: {explanation}");
        }
    }

    // What has one external id is one document, as in the shop's reports: a cancellation may name several orders.
    private MonthTally Counted(ReplayStep step, ReplayOutcome outcome, HashSet<string> papers)
    {
        switch (step)
        {
            case ReplayStep.PlaceOrder order when outcome.Fate is ReplayFate.Done:
                foreach (var item in order.Items)
                {
                    _units[item.Sku] = _units.GetValueOrDefault(item.Sku) + item.Quantity;
                }

                return MonthTally.None with { Orders = 1, Lines = order.Items.Length, Gross = order.Total };

            case ReplayStep.PlaceOrder order:
                Went = Went with { RefusedOrders = Went.RefusedOrders + 1, RefusedOrderAmount = Went.RefusedOrderAmount + order.Total };
                return MonthTally.None;

            case ReplayStep.Refund refund:
                return CountedRefund(refund, outcome, papers);

            case ReplayStep.CreditNote note when outcome.Fate is ReplayFate.Done:
                Went = Went with { UnmatchedLines = Went.UnmatchedLines + note.Items.Length, UnmatchedAmount = Went.UnmatchedAmount + note.Total };
                papers.Add(note.Key);
                return MonthTally.None with { ReturnLines = note.Items.Length, Credited = note.Total };

            case ReplayStep.Adjust adjust:
                Went = outcome.Fate is ReplayFate.Done
                    ? Went with { Adjustments = Went.Adjustments + 1, AdjustedUnits = Went.AdjustedUnits + adjust.Delta }
                    : Went with { RefusedAdjustments = Went.RefusedAdjustments + 1 };
                return MonthTally.None;

            case ReplayStep.Entry entry when outcome.Fate is ReplayFate.Done:
                papers.Add(entry.Key);
                return MonthTally.None with { Entries = -entry.Amount.Amount };

            default:
                return MonthTally.None;
        }
    }

    private MonthTally CountedRefund(ReplayStep.Refund refund, ReplayOutcome outcome, HashSet<string> papers)
    {
        if (outcome.Fate is ReplayFate.Pointless)
        {
            Went = Went with { PointlessLines = Went.PointlessLines + refund.Items.Length, PointlessAmount = Went.PointlessAmount + refund.Total };
            return MonthTally.None;
        }

        var refundedLines = refund.Items.Length - outcome.NoteLines;
        var isRefund = refundedLines > 0 && (outcome.Fate is ReplayFate.Done || outcome.Refunded + outcome.Credited > 0);
        var isNote = outcome is { NoteLines: > 0, Fate: ReplayFate.Done };
        Went = Went with
        {
            RefundedLines = Went.RefundedLines + (isRefund ? refundedLines : 0),
            RefundedAmount = Went.RefundedAmount + outcome.Refunded,
            ExcessRefunds = Went.ExcessRefunds + (outcome.Credited > 0 ? 1 : 0),
            ExcessAmount = Went.ExcessAmount + outcome.Credited,
            LackingLines = Went.LackingLines + (isNote ? outcome.NoteLines : 0),
            LackingAmount = Went.LackingAmount + outcome.NoteAmount,
        };
        if (isRefund)
        {
            papers.Add(refund.Invoice);
        }

        if (isNote)
        {
            papers.Add(ReplayStep.CreditNote.RestOf(refund));
        }

        return MonthTally.None with
        {
            ReturnLines = (isRefund ? refundedLines : 0) + (isNote ? outcome.NoteLines : 0),
            Refunded = outcome.Refunded,
            Credited = outcome.Credited + outcome.NoteAmount,
        };
    }

    /// <summary>The currency of all amounts.</summary>
    public string Currency => mapping.Currency;
}

/// <summary>What the shop should report of a month, in minor units.</summary>
/// <param name="Orders">Orders that came about.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Gross">Their totals.</param>
/// <param name="ReturnDocuments">Refunds, credit notes and entries.</param>
/// <param name="ReturnLines">Lines of refunds and credit notes.</param>
/// <param name="Refunded">Given back of orders.</param>
/// <param name="Credited">Granted as credit notes.</param>
/// <param name="Entries">Bad debt, signed.</param>
internal sealed record MonthTally(
    int Orders, int Lines, long Gross, int ReturnDocuments, int ReturnLines, long Refunded, long Credited, long Entries)
{
    public static MonthTally None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public long Net => Gross - Refunded - Credited + Entries;

    public static MonthTally operator +(MonthTally one, MonthTally other) => new(
        one.Orders + other.Orders, one.Lines + other.Lines, one.Gross + other.Gross, one.ReturnDocuments + other.ReturnDocuments,
        one.ReturnLines + other.ReturnLines, one.Refunded + other.Refunded, one.Credited + other.Credited, one.Entries + other.Entries);
}

/// <summary>Where lines and money went that did not simply become an order. Amounts in minor units.</summary>
internal sealed record Destinations
{
    /// <summary>Cancelled lines that became refunds of the order they name.</summary>
    public int RefundedLines { get; init; }

    /// <summary>What those gave back of orders.</summary>
    public long RefundedAmount { get; init; }

    /// <summary>Refunds of more than the order's lines were paid.</summary>
    public int ExcessRefunds { get; init; }

    /// <summary>What was more, granted as credit notes of the order.</summary>
    public long ExcessAmount { get; init; }

    /// <summary>Cancelled lines of an order that lacks the units (or is unknown), granted as credit notes of their own.</summary>
    public int LackingLines { get; init; }

    /// <summary>What those came to.</summary>
    public long LackingAmount { get; init; }

    /// <summary>Cancelled lines that name no order, granted as credit notes of their own.</summary>
    public int UnmatchedLines { get; init; }

    /// <summary>What those came to.</summary>
    public long UnmatchedAmount { get; init; }

    /// <summary>Orders that the shop refused.</summary>
    public int RefusedOrders { get; init; }

    /// <summary>What those would have come to.</summary>
    public long RefusedOrderAmount { get; init; }

    /// <summary>Cancelled lines of refused orders: nothing to give back.</summary>
    public int PointlessLines { get; init; }

    /// <summary>What those would have given back.</summary>
    public long PointlessAmount { get; init; }

    /// <summary>Stock adjustments that took effect.</summary>
    public int Adjustments { get; init; }

    /// <summary>Units they moved in, less those out.</summary>
    public long AdjustedUnits { get; init; }

    /// <summary>Stock adjustments that were refused.</summary>
    public int RefusedAdjustments { get; init; }
}
