using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>
/// Writes a line as <c>["85123A","WHITE HANGING HEART",6,255]</c>. All lines travel with every change of a cart, so half the bytes
/// are half the work.
/// </summary>
internal sealed class CartLineConverter : JsonConverter<CartLine>
{
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
