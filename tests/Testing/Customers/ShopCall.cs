using System.Text.Json.Serialization;

namespace ActorShop.Testing.Customers;

/// <summary>A request. It can be stored and sent again.</summary>
public sealed record ShopCall(CallKind Kind, string? Key = null)
{
    /// <summary>The currency of all prices.</summary>
    public const string Currency = "GBP";

    public string? Product { get; init; }

    public string? Cart { get; init; }

    public string? Order { get; init; }

    public string? Sku { get; init; }

    /// <summary>The units; 0 for a refund of money alone.</summary>
    public int Quantity { get; init; }

    /// <summary>The price of a unit in minor units, or the money of a refund without units; null for a refund at the price that was paid.</summary>
    public long? Price { get; init; }

    public bool ReturnsUnits { get; init; }

    /// <summary>Whether an imported order was shipped before.</summary>
    public bool IsShipped { get; init; }

    /// <summary>Whether an employee cancels, and not the customer.</summary>
    public bool IsByEmployee { get; init; }

    /// <summary>Whether a refund beyond what was paid becomes a credit note.</summary>
    [JsonIgnore]
    public bool MakesCreditNote => Kind is CallKind.Refund && Price > 5_000;

    public string? Token { get; init; }

    /// <summary>The total that the customer agrees to pay; null for what the cart shows, or less.</summary>
    public long? ExpectedTotal { get; init; }

    /// <summary>The units of an order by SKU. Not sent with a checkout: the checks compare the order with it.</summary>
    public IReadOnlyDictionary<string, int> Units { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether the request may change something.</summary>
    [JsonIgnore]
    public bool HasEffect => Key is not null || Kind is CallKind.CreateCart or CallKind.CreateProduct or CallKind.SetPrice;

    public static ShopCall Checkout(string key, string cart, string token, IReadOnlyDictionary<string, int> units) =>
        new(CallKind.Checkout, key) { Cart = cart, Token = token, Units = units };

    public static ShopCall Import(string key, string sku, int quantity, long price, bool isShipped) => new(CallKind.Import, key)
    {
        IsShipped = isShipped,
        Sku = sku,
        Quantity = quantity,
        Price = price,
        Units = new Dictionary<string, int>(StringComparer.Ordinal) { [sku] = quantity },
    };

    public static ShopCall SetLine(string cart, string sku, int quantity) => new(CallKind.SetLine) { Cart = cart, Sku = sku, Quantity = quantity };

    public static ShopCall ReadOrder(string order) => new(CallKind.ReadOrder) { Order = order };

    public static ShopCall Restock(string key, string sku, int quantity) => new(CallKind.Restock, key) { Sku = sku, Quantity = quantity };
}
