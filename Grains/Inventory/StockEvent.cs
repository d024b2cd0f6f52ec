namespace ActorShop.Inventory;

/// <summary>An entry of a SKU's ledger.</summary>
/// <param name="Delta">What it added to the units on hand; the sum of all entries is what is on hand.</param>
/// <param name="OnHand">The units on hand after it.</param>
/// <param name="Reserved">The units set aside after it.</param>
internal abstract record StockEvent(int Delta, int OnHand, int Reserved) : IEvent
{
    /// <inheritdoc/>
    public abstract string? Reference { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>Units came or went for a stated reason.</summary>
    [Alias("inventory.stock-event.adjusted")]
    internal sealed record Adjusted(string OperationId, string Reason, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string Reference => OperationId;

        /// <summary>The adjustment as the head remembers it.</summary>
        public Adjustment AsOf(long version) => new(OperationId, OnHand, Reserved, version);
    }

    /// <summary>Units were set aside.</summary>
    [Alias("inventory.stock-event.reserved")]
    internal sealed record UnitsReserved(OrderId Order, int Quantity, DateTimeOffset ExpiresAt, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string Reference => Order.Value;
    }

    /// <summary>Reserved units left the house.</summary>
    [Alias("inventory.stock-event.committed")]
    internal sealed record Committed(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string Reference => Order.Value;
    }

    /// <summary>Reserved units were given back.</summary>
    [Alias("inventory.stock-event.released")]
    internal sealed record Released(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string Reference => Order.Value;
    }

    /// <summary>Reserved units came back because their time was over.</summary>
    [Alias("inventory.stock-event.expired")]
    internal sealed record Expired(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string Reference => Order.Value;
    }

    /// <summary>Another policy holds.</summary>
    /// <param name="Policy">The policy.</param>
    /// <param name="BackorderLimit">How far below zero promises may go.</param>
    /// <param name="At">When it was changed.</param>
    /// <param name="Delta">Zero.</param>
    /// <param name="OnHand">The units on hand.</param>
    /// <param name="Reserved">The units set aside.</param>
    [Alias("inventory.stock-event.policy-changed")]
    internal sealed record PolicyChanged(StockPolicy Policy, int BackorderLimit, DateTimeOffset At, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string? Reference => null;
    }
}
