using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Replays;

/// <summary>Maps events to steps. Pure, so that a run after a crash finds the same steps under the same keys.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>An order is an order at stated prices, paid elsewhere. Its lines with a negative value are a credit note of their own.</item>
/// <item>A cancellation is one refund per order that its lines name, and one credit note for the lines that name none. All its units
/// go back into stock.</item>
/// <item>A stock adjustment is one adjustment per line: the stock moves by −qty.</item>
/// <item>Bad debt is an entry of the account book.</item>
/// </list>
/// Prices finer than the currency are rounded half-even; <see cref="RoundingOf"/> is the difference.
/// </remarks>
internal sealed class EventMapping(string currency)
{
    private const int MaxReason = 200;
    private const string BadDebtAccount = "bad-debt";

    public string Currency => currency;

    public IEnumerable<ReplayStep> StepsOf(ShopEvent happened) => happened.Kind switch
    {
        EventKind.Order => Sale(happened),
        EventKind.Cancellation => Cancellation(happened),
        EventKind.StockAdjustment => Adjustments(happened),
        _ => Entries(happened),
    };

    /// <summary>What events share whose order must be kept: the SKUs that they move, and the orders that they are or name.</summary>
    /// <param name="bySku">Whether SKUs keep their order, or only orders and what refers to them.</param>
    public static IEnumerable<string> ResourcesOf(ShopEvent happened, bool bySku) =>
    [
        $"invoice {happened.Invoice}",
        .. happened.Lines.Where(static line => line.Reference is not null).Select(static line => $"invoice {line.Reference}"),
        .. bySku ? happened.Lines.Select(static line => $"sku {line.Sku}") : [],
    ];

    /// <summary>The booked less the exact value of a line, in minor units; not 0 only for prices finer than the minor unit.</summary>
    public decimal RoundingOf(EventLine line) =>
        (line.Quantity * Rounded(line.Price)) - MinorUnits.Of(line.Value, currency);

    public long Rounded(decimal price) => (long)decimal.Round(MinorUnits.Of(price, currency), MidpointRounding.ToEven);

    private IEnumerable<ReplayStep> Sale(ShopEvent happened)
    {
        ImmutableArray<ReplayItem> sold = [.. happened.Lines.Where(IsSold).Select(line => new ReplayItem(line.Sku, line.Quantity, PriceOf(line)))];
        if (!sold.IsEmpty)
        {
            yield return new ReplayStep.PlaceOrder(happened.Invoice, happened.Customer, happened.At, sold);
        }

        ImmutableArray<ReplayItem> back = [.. happened.Lines.Where(static line => !IsSold(line) && line.Quantity != 0).Select(Return)];
        if (!back.IsEmpty)
        {
            yield return new ReplayStep.CreditNote($"{happened.Invoice}-negative", happened.Invoice, happened.Customer, happened.At, back);
        }

        static bool IsSold(EventLine line) => line is { Quantity: > 0, Price: >= 0 };
    }

    // GroupBy keeps the order of first appearance: the keys depend only on the event.
    private IEnumerable<ReplayStep> Cancellation(ShopEvent happened) => happened.Lines
        .Where(static line => line.Quantity != 0)
        .GroupBy(static line => line.Reference, Return, StringComparer.Ordinal)
        .Select(group => group.Key is { } order
            ? (ReplayStep)new ReplayStep.Refund($"{happened.Invoice}@{order}", happened.Invoice, order, happened.Customer, happened.At, [.. group])
            : new ReplayStep.CreditNote(happened.Invoice, happened.Invoice, happened.Customer, happened.At, [.. group]));

    private static IEnumerable<ReplayStep> Adjustments(ShopEvent happened) => happened.Lines.Index()
        .Where(static line => line.Item.Quantity != 0)
        .Select(line => new ReplayStep.Adjust(
            $"{happened.Invoice}#{line.Index + 1}", line.Item.Sku, -line.Item.Quantity,
            Reason(line.Item.Note is { } note ? $"{happened.Invoice}: {note}" : happened.Invoice)));

    private IEnumerable<ReplayStep> Entries(ShopEvent happened)
    {
        // The history states what the merchant gained; an account of losses gets the loss.
        var amount = -happened.Lines.Sum(line => line.Quantity * Rounded(line.Price));
        return amount == 0
            ? []
            : [new ReplayStep.Entry(happened.Invoice, new Money(amount, currency), BadDebtAccount, "bad debt adjusted", happened.At)];
    }

    private ReplayItem Return(EventLine line) =>
        new(line.Sku, Math.Abs(line.Quantity), PriceOf(line) with { Amount = Math.Abs(Rounded(line.Price)) }, Restock: line.Quantity < 0);

    private Money PriceOf(EventLine line) => new(Rounded(line.Price), currency);

    private static string Reason(string text) => text.Length <= MaxReason ? text : text[..MaxReason];
}
