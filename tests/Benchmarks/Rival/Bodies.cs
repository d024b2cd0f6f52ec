using System.Text.Json.Serialization;

namespace ActorShop.Rival;

/// <summary>An amount in minor units.</summary>
internal sealed record MoneyBody(long Amount, string Currency);

/// <summary>A line of a cart or an order.</summary>
internal sealed record LineBody(string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal)
{
    public static LineBody Of(string sku, string name, int quantity, long price, string currency) =>
        new(sku, name, quantity, new(price, currency), new(price * quantity, currency));
}

/// <summary>A cart at the prices of this moment.</summary>
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

/// <summary>An order.</summary>
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

/// <summary>A product with its one SKU.</summary>
internal sealed record ProductBody(string Id, string Name, string Sku, MoneyBody Price, IReadOnlyList<string> Skus, bool InStock);

/// <summary>A page of products.</summary>
internal sealed record ProductListBody(IReadOnlyList<ProductBody> Data, bool HasMore, string? NextCursor);

/// <summary>How much there is of a SKU.</summary>
internal sealed record StockBody(string Sku, int OnHand, int Reserved, int Available, string Policy, long Version);

/// <summary>Asks for a cart.</summary>
internal sealed record CreateCart(string Currency);

/// <summary>Asks for a quantity.</summary>
internal sealed record PutItem(int Quantity);

/// <summary>Turns a cart into an order.</summary>
internal sealed record PlaceOrder(string Email, AddressBody ShippingAddress, PaymentBody Payment);

/// <summary>A postal address.</summary>
internal sealed record AddressBody(string Name, string Line1, string City, string PostalCode, string Country, string? Line2 = null);

/// <summary>What pays.</summary>
internal sealed record PaymentBody(string Token);

/// <summary>A refusal.</summary>
internal sealed record ProblemBody(int Status, string Code, string? Sku = null, int? Available = null, string? DeclineCode = null);

/// <summary>Sums of lines.</summary>
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
