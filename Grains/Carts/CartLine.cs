using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>A line of a cart: the price is the offer's when the line was set, in minor units of the cart's currency.</summary>
[JsonConverter(typeof(CartLineConverter))]
internal sealed record CartLine(Sku Sku, string Name, int Quantity, long UnitPrice)
{
    private byte[]? _json;

    // A copy is about to change, so it does not copy the JSON.
    private CartLine(CartLine line) => (Sku, Name, Quantity, UnitPrice) = (line.Sku, line.Name, line.Quantity, line.UnitPrice);

    /// <summary>The stored form, rendered once: a change of one line in a thousand copies the others.</summary>
    /// <remarks>The benchmark is the row "the 1,000th line of a cart" of <c>tests/Benchmarks/http.sh</c>.</remarks>
    public ReadOnlySpan<byte> Json => _json ??= CartLineConverter.Render(this);

    public bool Equals(CartLine? other) =>
        other is not null && Sku == other.Sku && Quantity == other.Quantity && UnitPrice == other.UnitPrice
        && string.Equals(Name, other.Name, StringComparison.Ordinal);

    public override int GetHashCode() => Sku.GetHashCode();
}
