using System.Globalization;
using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>A document of a merchant's history, such as an invoice, as a line of the file states it.</summary>
/// <param name="Sequence">The position in time, from 1.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Invoice">The id, unique.</param>
/// <param name="At">The time of the document; UTC if the file states no zone.</param>
/// <param name="Lines">The lines, at least one.</param>
/// <param name="Customer">The customer; null for guests.</param>
internal sealed record ShopEvent(
    [property: JsonPropertyName("seq")] int Sequence, EventKind Kind, string Invoice, DateTimeOffset At, ImmutableArray<EventLine> Lines,
    string? Customer = null)
{
    /// <summary>The exact value in major units.</summary>
    public decimal Value => Lines.Sum(static line => line.Value);

    /// <summary>The month of the document, such as <c>2011-11</c>.</summary>
    public string Month => At.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>A line of a document.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">Units out of stock; negative for units in.</param>
/// <param name="Price">The unit price in major units, sometimes finer than the currency.</param>
/// <param name="Reference">The invoice of the order that a cancelled line belongs to, if it is known.</param>
/// <param name="Note">A note of the source.</param>
internal sealed record EventLine(
    string Sku, [property: JsonPropertyName("qty")] int Quantity, decimal Price, [property: JsonPropertyName("ref")] string? Reference = null,
    string? Note = null)
{
    public decimal Value => Quantity * Price;
}

internal enum EventKind
{
    Order,

    /// <summary>Units and money back.</summary>
    Cancellation,

    /// <summary>Units in or out without money.</summary>
    StockAdjustment,

    /// <summary>Money without units.</summary>
    BadDebt,
}
