using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>A line of a cart: the price is the offer's when the line was set, in minor units of the cart's currency.</summary>
[JsonConverter(typeof(CartLineConverter))]
internal sealed record CartLine(Sku Sku, string Name, int Quantity, long UnitPrice)
{
    private byte[]? _json;

    // A copy is about to say something else: it must not keep the text.
    private CartLine(CartLine line) => (Sku, Name, Quantity, UnitPrice) = (line.Sku, line.Name, line.Quantity, line.UnitPrice);

    /// <summary>The line as it is stored, made once: a change of one line in a thousand copies the others.</summary>
    public ReadOnlySpan<byte> Json => _json ??= CartLineConverter.Render(this);

    /// <summary>Whether both say the same, rendered or not.</summary>
    public bool Equals(CartLine? other) =>
        other is not null && Sku == other.Sku && Quantity == other.Quantity && UnitPrice == other.UnitPrice
        && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Sku.GetHashCode();
}

/// <summary>
/// Writes a line as <c>["85123A","WHITE HANGING HEART",6,255]</c>. All lines travel with every change of a cart, so half the bytes
/// are half the work.
/// </summary>
internal sealed class CartLineConverter : JsonConverter<CartLine>
{
    /// <inheritdoc/>
    public override CartLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var sku = reader.GetString()!;
        reader.Read();
        var name = reader.GetString()!;
        reader.Read();
        var quantity = reader.GetInt32();
        reader.Read();
        var unitPrice = reader.GetInt64();
        reader.Read();
        return reader.TokenType is JsonTokenType.EndArray
            ? new(new(sku), name, quantity, unitPrice)
            : throw new JsonException("A line of a cart has four members.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CartLine value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json, skipInputValidation: true);

    internal static byte[] Render(CartLine value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = ShopJson.Options.Encoder });
        writer.WriteStartArray();
        writer.WriteStringValue(value.Sku.Value);
        writer.WriteStringValue(value.Name);
        writer.WriteNumberValue(value.Quantity);
        writer.WriteNumberValue(value.UnitPrice);
        writer.WriteEndArray();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
