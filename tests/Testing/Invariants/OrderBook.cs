namespace ActorShop.Testing.Invariants;

/// <summary>An order, as the shop shows it. An imported one has an external id in place of a cart. Amounts are in minor units.</summary>
public sealed record OrderBook(
    string Id, string Status, string PaymentStatus, string? Cart, string? ExternalId, IReadOnlyList<LineBook> Lines, long Total, long Refunded)
{
    public bool IsConfirmed => Status is "confirmed";

    /// <summary>Whether it ended and sold nothing.</summary>
    public bool IsVoid => Status is "failed" or "cancelled";

    public string Payment => $"pay_{Id["ord_".Length..]}";

    public IReadOnlyDictionary<string, int> Units =>
        Lines.GroupBy(static line => line.Sku, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Sum(static line => line.Quantity), StringComparer.Ordinal);
}

/// <summary>A line of an order, with the price of a unit in minor units.</summary>
public sealed record LineBook(string Sku, int Quantity, long Price);
