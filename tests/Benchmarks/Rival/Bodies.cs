using System.Text.Json.Serialization;

namespace ActorShop.Rival;

internal sealed record MoneyBody(long Amount, string Currency);

internal sealed record LineBody(string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal)
{
    public static LineBody Of(string sku, string name, int quantity, long price, string currency) =>
        new(sku, name, quantity, new(price, currency), new(price * quantity, currency));
}

internal sealed record CartBody(
    string Id, string Currency, string Status, IReadOnlyList<LineBody> Items, MoneyBody Subtotal, MoneyBody Discounts, MoneyBody Taxes,
    MoneyBody Shipping, MoneyBody Total, bool TaxInclusive, string? OrderId, string? ExternalId, DateTimeOffset CreatedAt, long Version)
{
    public static CartBody Of(
        string id, string currency, string status, IReadOnlyList<LineBody> items, string? order, DateTimeOffset createdAt, long version)
    {
        var (total, none) = (Totals.Of(items, currency), new MoneyBody(0, currency));
        return new(id, currency, status, items, total, none, none, none, total, true, order, ExternalId: null, createdAt, version);
    }
}

internal sealed record OrderBody(
    string Id, string Number, string Status, string PaymentStatus, string FulfilmentStatus, IReadOnlyList<LineBody> Items, MoneyBody Subtotal,
    MoneyBody Discounts, MoneyBody Taxes, MoneyBody Shipping, MoneyBody Total, bool TaxInclusive, MoneyBody Refunded, MoneyBody Credited,
    string CartId, string Email, AddressBody ShippingAddress, DateTimeOffset PlacedAt, IReadOnlyList<string> AllowedActions, long Version)
{
    private static readonly string[] Cancel = ["cancel"];

    public static OrderBody Of(
        string id, string cart, string currency, IReadOnlyList<LineBody> items, string email, AddressBody address, DateTimeOffset placedAt,
        long version)
    {
        var (total, none) = (Totals.Of(items, currency), new MoneyBody(0, currency));
        return new(
            id, Ids.NumberOf(id), "confirmed", "authorised", "unfulfilled", items, total, none, none, none, total, true, none, none, cart, email,
            address, placedAt, Cancel, version);
    }
}

internal sealed record ProductBody(string Id, string Name, string Sku, MoneyBody Price, IReadOnlyList<string> Skus, bool InStock);

internal sealed record ProductListBody(IReadOnlyList<ProductBody> Data, bool HasMore, string? NextCursor);

internal sealed record StockBody(string Sku, int OnHand, int Reserved, int Available, string Policy, long Version);

internal sealed record CreateCart(string Currency);

internal sealed record PutItem(int Quantity);

internal sealed record PlaceOrder(string Email, AddressBody ShippingAddress, PaymentBody Payment);

internal sealed record AddressBody(string Name, string Line1, string City, string PostalCode, string Country, string? Line2 = null);

internal sealed record PaymentBody(string Token);

internal sealed record ProblemBody(int Status, string Code, string? Sku = null, int? Available = null, string? DeclineCode = null);

internal static class Totals
{
    public static MoneyBody Of(IReadOnlyList<LineBody> items, string currency)
    {
        var sum = 0L;
        foreach (var item in items)
        {
            sum += item.LineTotal.Amount;
        }

        return new(sum, currency);
    }
}

/// <summary>How bodies are written: by generated code, as the shop's are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CartBody))]
[JsonSerializable(typeof(OrderBody))]
[JsonSerializable(typeof(ProductBody))]
[JsonSerializable(typeof(ProductListBody))]
[JsonSerializable(typeof(StockBody))]
[JsonSerializable(typeof(CreateCart))]
[JsonSerializable(typeof(PutItem))]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class RivalJson : JsonSerializerContext;
