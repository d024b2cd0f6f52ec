namespace ActorShop.Orders;

/// <param name="Items">The lines; several may name one SKU.</param>
/// <param name="Reason">At most 200 characters.</param>
/// <param name="CreditNote">Whether money beyond what was paid becomes a credit note; otherwise it is refused.</param>
[GenerateSerializer, Immutable, Alias("orders.refund-request")]
public sealed record RefundRequest(
    ImmutableArray<RefundItem> Items, string Reason, DateTimeOffset? At, string? ExternalId, bool CreditNote = false);
