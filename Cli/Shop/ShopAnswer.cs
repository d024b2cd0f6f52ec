namespace ActorShop.Cli.Shop;

/// <summary>An answer of the shop. Without a body, its kind is <see cref="JsonValueKind.Undefined"/>; the ETag is as it was sent, quoted.</summary>
internal sealed record ShopAnswer(int Status, JsonElement Body, string? EntityTag)
{
    public bool IsFine => Status is >= 200 and < 300;

    public string Code => Text("code") ?? $"http_{Status}";

    public string Explanation
    {
        get
        {
            var text = Text("detail") ?? Text("title");
            var first = Member("errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0 ? errors[0] : default;
            var where = first.ValueKind is JsonValueKind.Object
                ? $" ({first.GetProperty("pointer").GetString()}: {first.GetProperty("message").GetString()})"
                : string.Empty;
            where += Text("sku") is { } sku ? $" (SKU {sku})" : string.Empty;
            return text is null ? $"{Status} {Code}{where}" : $"{Status} {Code}: {text}{where}";
        }
    }

    /// <summary>A text member of the body; null if there is none.</summary>
    public string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The minor units of a money member of the body; 0 if there is none.</summary>
    public long Amount(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Object } money ? money.GetProperty("amount").GetInt64() : 0;

    /// <summary>Whether the answer about the stock of a SKU says that there is no record: neither a delivery nor a policy.</summary>
    /// <remarks>The SKU of a product has a level all the same, of version 0.</remarks>
    public bool IsWithoutStockRecord => Status is 404 || (IsFine && Body.GetProperty("version").GetInt64() == 0);

    public T As<T>() => Body.Deserialize<T>(ShopClient.Json)!;

    private JsonElement? Member(string name) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value : null;
}
