namespace ActorShop.Orders;

/// <summary>What was given back, as the read models see it.</summary>
/// <param name="At">When it happened: stated for refunds made elsewhere.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="Units">The number of units.</param>
/// <param name="Refunded">What came off the sale.</param>
/// <param name="Credited">What became a credit note.</param>
/// <param name="ExternalId">Its id elsewhere, if any.</param>
/// <param name="Items">The lines.</param>
internal sealed record Refund(
    DateTimeOffset At, int Lines, long Units, Money Refunded, Money Credited, string? ExternalId, ImmutableArray<RefundItem> Items);
