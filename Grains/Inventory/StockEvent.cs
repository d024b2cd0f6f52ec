namespace ActorShop.Inventory;

/// <summary>An entry of a SKU's ledger.</summary>
/// <param name="Delta">The change of the units on hand; the sum of all entries is the units on hand.</param>
internal abstract partial record StockEvent(int Delta, int OnHand, int Reserved) : EntityEvent<Stock>, IEvent
{
    public virtual string? Reference => null;

    public ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>What the entry gives to the order that it refers to; null if nothing.</summary>
    public virtual EndedReservation? Taken => null;

    /// <summary>The operation that the entry refers to, with the stock after it.</summary>
    public Adjustment? AsOf(long version) => Reference is { } operation ? new(operation, OnHand, Reserved, version) : null;

    public sealed override Stock ApplyTo(Stock stock) => Change(stock with { Version = stock.Version + 1, OnHand = OnHand, Reserved = Reserved });

    /// <summary>The stock after the event; version and counts are set already.</summary>
    protected abstract Stock Change(Stock stock);
}
