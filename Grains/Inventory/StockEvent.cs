namespace ActorShop.Inventory;

/// <summary>An entry of a SKU's ledger.</summary>
/// <param name="Delta">What it added to the units on hand; the sum of all entries is what is on hand.</param>
/// <param name="OnHand">The units on hand after it.</param>
/// <param name="Reserved">The units set aside after it.</param>
internal abstract partial record StockEvent(int Delta, int OnHand, int Reserved) : IEvent
{
    /// <inheritdoc/>
    public abstract string? Reference { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>The stock after the event; version and counts are set already.</summary>
    public abstract Stock ApplyTo(Stock stock);
}
