namespace ActorShop.Orders;

/// <summary>What is to be given back.</summary>
/// <param name="Items">The lines; several may name one SKU.</param>
/// <param name="Reason">At most 200 characters.</param>
/// <param name="At">When it happened: stated for refunds made elsewhere, null for now.</param>
/// <param name="ExternalId">The id of the refund elsewhere, if any.</param>
[GenerateSerializer, Immutable, Alias("orders.refund-request")]
public sealed record RefundRequest(ImmutableArray<RefundItem> Items, string Reason, DateTimeOffset? At, string? ExternalId);
