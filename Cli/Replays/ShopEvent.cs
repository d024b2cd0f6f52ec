using System.Collections.Immutable;

namespace ActorShop.Cli.Replays;

/// <summary>A document of a merchant's history: an invoice and its lines.</summary>
/// <param name="Sequence">Its place in time, from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Invoice">Its id, unique.</param>
/// <param name="At">When it was written. The source states no zone; it is taken as UTC.</param>
/// <param name="Customer">Whose it is; null for guests.</param>
/// <param name="Lines">Its lines, at least one.</param>
internal sealed record ShopEvent(
    int Sequence, EventKind Kind, string Invoice, DateTimeOffset At, string? Customer, ImmutableArray<EventLine> Lines)
{
    /// <summary>The month it counts in, such as <c>2011-11</c>.</summary>
    public string Month => At.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A line of a document.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">Units out of stock; negative for units in.</param>
/// <param name="Price">The price of one in major units, sometimes finer than money is.</param>
/// <param name="Reference">The invoice of the order that a cancelled line belongs to, where that is known.</param>
/// <param name="Note">Words of the source.</param>
internal sealed record EventLine(string Sku, int Quantity, decimal Price, string? Reference, string? Note)
{
    /// <summary>What the source says the line is worth, exactly.</summary>
    public decimal Value => Quantity * Price;
}

/// <summary>What a document is.</summary>
internal enum EventKind
{
    /// <summary>A sale.</summary>
    Order,

    /// <summary>Units and money back.</summary>
    Cancellation,

    /// <summary>Units in or out without money.</summary>
    StockAdjustment,

    /// <summary>Money without units.</summary>
    BadDebt,
}
