namespace ActorShop.Inventory;

/// <summary>An entry of a SKU's ledger.</summary>
/// <param name="Delta">The change of the units on hand; the sum of all entries is the units on hand.</param>
internal abstract partial record StockEvent(int Delta, int OnHand, int Reserved) : IEvent
{
    public abstract string? Reference { get; }

    public ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>The stock after the event; version and counts are set already.</summary>
    public abstract Stock ApplyTo(Stock stock);
}
