namespace ActorShop.Cli.Replays;

/// <summary>One request that an event becomes. Its key, the same at each run, is its Idempotency-Key and its place in the journal.</summary>
internal abstract record ReplayStep(string Key)
{
    internal sealed record PlaceOrder(string Key, string? Customer, DateTimeOffset At, ImmutableArray<ReplayItem> Items) : ReplayStep(Key);

    /// <summary>Units of an order given back: <c>Invoice</c> is the cancellation's, <c>Order</c> the order's. The customer gets what becomes a credit note.</summary>
    internal sealed record Refund(
        string Key, string Invoice, string Order, string? Customer, DateTimeOffset At, ImmutableArray<ReplayItem> Items) : ReplayStep(Key);

    /// <summary>Units given back that belong to no known order.</summary>
    internal sealed record CreditNote(string Key, string Invoice, string? Customer, DateTimeOffset At, ImmutableArray<ReplayItem> Items)
        : ReplayStep(Key)
    {
        /// <summary>The key of the note for the lines that a refund could not take.</summary>
        public static string RestOf(Refund refund) => $"{refund.Key}-rest";
    }

    /// <summary>Units in (positive) or out.</summary>
    internal sealed record Adjust(string Key, string Sku, int Delta, string Reason) : ReplayStep(Key);

    internal sealed record Entry(string Key, Money Amount, string Account, string Reason, DateTimeOffset At) : ReplayStep(Key);
}

/// <summary>A line of an order, a refund or a credit note, in the format of the API. <c>Restock</c> is null for orders.</summary>
internal sealed record ReplayItem(string Sku, int Quantity, Money UnitPrice, bool? Restock = null)
{
    public static long Total(ImmutableArray<ReplayItem> items) => items.Sum(static item => item.Quantity * item.UnitPrice.Amount);
}
