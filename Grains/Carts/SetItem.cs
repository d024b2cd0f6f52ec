using System.Text.Json.Serialization;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    public Decision<CartResult?, CartEvent> SetItem(
        Sku sku, int quantity, (string Name, long UnitPrice)? offer, bool showsPrice, long? expectedVersion, long version,
        DateTimeOffset now, CartsOptions options)
    {
        var index = IndexOf(sku);
        CartResult? refusal = this switch
        {
            { Currency: null } => new CartResult.Unknown(),
            { Order: { } order } => new CartResult.Ordered(order),
            { Attempt: { } attempt } => new CartResult.CheckingOut(attempt.Order),
            _ when expectedVersion is { } expected && expected != version => new CartResult.VersionMismatch(version),
            _ when quantity > 0 && offer is null => new CartResult.NotOffered(sku),
            _ when quantity > 0 && index < 0 && Lines.Length >= Line.MaxCount => new CartResult.Full(Line.MaxCount),
            _ => null,
        };
        if (refusal is not null)
        {
            return new(refusal, []);
        }

        if (quantity == 0)
        {
            return new(null, index < 0 ? [] : [new CartEvent.ItemRemoved(sku, Renew(now, options), now)]);
        }

        // A price that has risen is stored only if the answer shows it.
        var price = index < 0 || showsPrice ? offer!.Value.UnitPrice : Math.Min(Lines[index].UnitPrice, offer!.Value.UnitPrice);
        var line = new CartLine(sku, offer.Value.Name, quantity, price);
        return new(null, index >= 0 && Lines[index] == line ? [] : [new CartEvent.ItemSet(line, Renew(now, options), now)]);
    }

    internal int IndexOf(Sku sku)
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
}

internal abstract partial record CartEvent
{
    [Alias("carts.cart-event.item-set")]
    internal sealed record ItemSet(
        CartLine Line, [property: JsonPropertyName("expires")] DateTimeOffset? ExpiresAt = null, DateTimeOffset? At = null) : CartEvent
    {
        public override bool IsRecorded => false;

        public override Cart ApplyTo(Cart cart) => cart with
        {
            ExpiresAt = ExpiresAt ?? cart.ExpiresAt,
            ChangedAt = At ?? cart.ChangedAt,
            Lines = cart.IndexOf(Line.Sku) is var index and >= 0 ? cart.Lines.SetItem(index, Line) : cart.Lines.Add(Line),
        };
    }

    [Alias("carts.cart-event.item-removed")]
    internal sealed record ItemRemoved(
        Sku Sku, [property: JsonPropertyName("expires")] DateTimeOffset? ExpiresAt = null, DateTimeOffset? At = null) : CartEvent
    {
        public override bool IsRecorded => false;

        public override Cart ApplyTo(Cart cart) => cart with
        {
            ExpiresAt = ExpiresAt ?? cart.ExpiresAt,
            ChangedAt = At ?? cart.ChangedAt,
            Lines = cart.Lines.RemoveAll(line => line.Sku == Sku),
        };
    }
}

internal sealed partial class CartGrain
{
    public async Task<CartResult> SetItemAsync(Sku sku, int quantity, long? expectedVersion, bool returnView)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, Line.MaxQuantity);
        if (Head.Currency is not { } currency)
        {
            return new CartResult.Unknown();
        }

        (string, long)? offer = quantity > 0 && await FindOfferAsync(sku, currency) is { } found ? (found.Name, found.UnitPrice) : null;
        if (_running is null && Head.Attempt is { } attempt)
        {
            await SettleAsync(attempt, TimeSpan.Zero);
        }

        if (_running is not null)
        {
            return new CartResult.CheckingOut(Head.Attempt?.Order);
        }

        if (await CommitAsync(Head.SetItem(sku, quantity, offer, returnView, expectedVersion, HeadVersion, Now, options.Value)) is { } refusal)
        {
            return refusal;
        }

        return new CartResult.Changed(returnView ? View() : null, CommittedVersion);
    }
}
