using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>A document of a merchant's history, such as an invoice, as a line of the file states it. Its time is in the shop's time zone.</summary>
internal sealed record ShopEvent(
    [property: JsonPropertyName("seq")] int Sequence, EventKind Kind, string Invoice, DateTimeOffset At, ImmutableArray<EventLine> Lines,
    string? Customer = null)
{
    public decimal Value => Lines.Sum(static line => line.Value);

    /// <summary>The month of the document, such as <c>2011-11</c>.</summary>
    public string Month => At.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>A line of a document: a negative quantity is units in; the price is in major units, sometimes finer than the currency.</summary>
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

    StockAdjustment,

    /// <summary>Money without units.</summary>
    BadDebt,
}
