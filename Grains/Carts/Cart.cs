namespace ActorShop.Carts;

/// <summary>What a cart remembers, and its rules. Those of the checkout are in <c>Cart.Checkout.cs</c>.</summary>
internal sealed partial record Cart : IEntity<Cart, CartEvent>
{
    /// <summary>The most lines a cart may have.</summary>
    public const int MaxLines = 2_000;

    /// <summary>The most units of one line.</summary>
    public const int MaxQuantity = 100_000;

    /// <summary>The currency; null before the cart was created.</summary>
    public string? Currency { get; init; }

    public string? ExternalId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>In the order in which they were first put in; each SKU once.</summary>
    public ImmutableArray<CartLine> Lines { get; init; } = [];

    /// <inheritdoc/>
    public DateTimeOffset? Due => Attempt?.ResumeAt;

    /// <inheritdoc/>
    public string? Label => Attempt is null ? null : "checking_out";

    /// <summary>Creates the cart, once.</summary>
    public Decision<bool, CartEvent> Create(string currency, string? externalId, DateTimeOffset now) => Currency is null
        ? new(true, [new CartEvent.Created(currency, externalId, now)])
        : new(false, []);

    /// <summary>Decides on the quantity of a SKU.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="quantity">Zero takes the line out.</param>
    /// <param name="offer">What it sells as and for; null where it is not offered.</param>
    /// <param name="expectedVersion">The version the caller saw, if it cares.</param>
    /// <param name="version">The version now.</param>
    /// <returns>The refusal; null where the cart says so now.</returns>
    public Decision<CartResult?, CartEvent> SetItem(
        Sku sku, int quantity, (string Name, long UnitPrice)? offer, long? expectedVersion, long version)
    {
        var index = IndexOf(sku);
        CartResult? refusal = this switch
        {
            { Currency: null } => new CartResult.Unknown(),
            { Order: { } order } => new CartResult.Ordered(order),
            { Attempt: { } attempt } => new CartResult.CheckingOut(attempt.Order),
            _ when expectedVersion is { } expected && expected != version => new CartResult.VersionMismatch(version),
            _ when quantity > 0 && offer is null => new CartResult.NotOffered(sku),
            _ when quantity > 0 && index < 0 && Lines.Length >= MaxLines => new CartResult.Full(MaxLines),
            _ => null,
        };
        if (refusal is not null)
        {
            return new(refusal, []);
        }

        if (quantity == 0)
        {
            return new(null, index < 0 ? [] : [new CartEvent.ItemRemoved(sku)]);
        }

        var line = new CartLine(sku, offer!.Value.Name, quantity, offer.Value.UnitPrice);
        return new(null, index >= 0 && Lines[index] == line ? [] : [new CartEvent.ItemSet(line)]);
    }

    /// <inheritdoc/>
    public Cart Apply(CartEvent happened) => happened switch
    {
        CartEvent.Created created => this with
        {
            Currency = created.Currency,
            ExternalId = created.ExternalId,
            CreatedAt = created.At,
        },
        CartEvent.ItemSet set => this with
        {
            Lines = IndexOf(set.Line.Sku) is var index and >= 0 ? Lines.SetItem(index, set.Line) : Lines.Add(set.Line),
        },
        CartEvent.ItemRemoved removed => this with { Lines = Lines.RemoveAll(line => line.Sku == removed.Sku) },
        _ => ApplyCheckout(happened),
    };

    /// <summary>The cart for those who ask; null for one that was never created.</summary>
    public CartView? View(CartId id, bool taxInclusive, long version)
    {
        if (Currency is not { } currency)
        {
            return null;
        }

        var lines = LinesOf(Lines, currency);
        var status = Order is not null ? CartStatus.Ordered : Attempt is not null ? CartStatus.CheckingOut : CartStatus.Open;
        return new(
            id, currency, status, lines, Totals.Of(lines, currency, taxInclusive), Order ?? Attempt?.Order, ExternalId, CreatedAt, version);
    }

    private int IndexOf(Sku sku)
    {
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Lines[i].Sku == sku)
            {
                return i;
            }
        }

        return -1;
    }

    private static ImmutableArray<Line> LinesOf(ImmutableArray<CartLine> lines, string currency) =>
        [.. lines.Select(line => Line.Of(line.Sku, line.Name, line.Quantity, new(line.UnitPrice, currency)))];
}
