namespace ActorShop.Storage.Reporting;

/// <summary>What an event says to the read models; whatever else it says is left out.</summary>
/// <remarks>
/// Types of its own, apart from the grains': an event of any build is read as long as it has the members that are named here,
/// whatever else comes to it or goes.
/// </remarks>
internal abstract record Fact
{
    private Fact()
    {
    }

    /// <summary>A product says so now.</summary>
    public sealed record ProductStored(ProductPart Product) : Fact;

    /// <summary>A category says so now.</summary>
    public sealed record CategoryStored(CategoryPart Category) : Fact;

    /// <summary>The stock of a SKU stands so now.</summary>
    /// <param name="Sku">The SKU.</param>
    /// <param name="OnHand">Units in the house.</param>
    /// <param name="Reserved">Units set aside.</param>
    /// <param name="Policy">The policy where the event names it; null where it stays as it was.</param>
    public sealed record StockChanged(string Sku, long OnHand, long Reserved, string? Policy) : Fact;

    /// <summary>Something happened to an order.</summary>
    /// <param name="Order">The order as a whole where the event carries it.</param>
    /// <param name="Confirmed">Whether it became a sale by this event.</param>
    /// <param name="Status">Its status from now on; null where it stays as it was.</param>
    /// <param name="Refund">What was given back by this event.</param>
    public sealed record OrderChanged(OrderPart? Order, bool Confirmed, string? Status, RefundPart? Refund) : Fact;

    /// <summary>The account book has a manual entry or credit note.</summary>
    public sealed record EntryPosted(EntryPart Entry) : Fact;
}

internal sealed record ProductPart(
    string Id, string Name, string? Category, ImmutableArray<VariantPart> Variants, bool Archived, DateTimeOffset CreatedAt);

internal sealed record VariantPart(string Sku, ImmutableArray<Money> Prices);

internal sealed record CategoryPart(string Code, string Name, bool Archived, long Version);

internal sealed record OrderPart(
    string Id, string? Status, ImmutableArray<LinePart> Items, TotalsPart Totals, string? Cart, string? ExternalId, string? CustomerId,
    DateTimeOffset PlacedAt);

internal sealed record LinePart(string Sku, long Quantity, Money LineTotal);

internal sealed record TotalsPart(Money Total);

internal sealed record RefundPart(DateTimeOffset? At, int Lines, Money? Refunded, Money? Credited, string? ExternalId);

internal sealed record EntryPart(
    string ExternalId, Money Amount, string Account, DateTimeOffset At, ImmutableArray<EntryItemPart> Items);

internal sealed record EntryItemPart(string Sku);
