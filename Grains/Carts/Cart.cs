namespace ActorShop.Carts;

/// <summary>The state of a cart. The rules of each operation stand in the file of its name.</summary>
internal sealed partial record Cart : IEntity
{
    public string? Currency { get; init; }

    public string? ExternalId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a line was changed last; null before the first, and of carts that older versions changed.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>In the order in which they were first put in; each SKU once.</summary>
    public ImmutableArray<CartLine> Lines { get; init; } = [];

    public DateTimeOffset? Due => Order is null ? Attempt?.ResumeAt ?? ExpiresAt : null;

    public string? Label => Attempt is null ? null : "checking_out";

    /// <param name="shown">The lines at the prices to show.</param>
    public CartView? View(CartId id, bool taxInclusive, long version, ImmutableArray<CartLine> shown)
    {
        if (Currency is not { } currency)
        {
            return null;
        }

        var lines = LinesOf(shown, currency);
        return new(
            id, currency, Status, lines, Totals.Of(lines, currency, taxInclusive), Order ?? Attempt?.Order, ExternalId, CreatedAt, version,
            PricedAt: null, PriceChanges: []);
    }

    private static ImmutableArray<Line> LinesOf(ImmutableArray<CartLine> lines, string currency) =>
        [.. lines.Select(line => Line.Of(line.Sku, line.Name, line.Quantity, new(line.UnitPrice, currency)))];
}
