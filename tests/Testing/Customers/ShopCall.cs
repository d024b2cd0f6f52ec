namespace ActorShop.Testing.Customers;

/// <summary>A request of a customer or clerk. It can be stored and sent again.</summary>
/// <param name="Kind">The request.</param>
/// <param name="Key">The idempotency key; null for requests without one.</param>
public sealed record ShopCall(CallKind Kind, string? Key = null)
{
    /// <summary>The currency of all prices.</summary>
    public const string Currency = "GBP";

    /// <summary>The product to read.</summary>
    public string? Product { get; init; }

    /// <summary>The cart.</summary>
    public string? Cart { get; init; }

    /// <summary>The order.</summary>
    public string? Order { get; init; }

    /// <summary>The SKU.</summary>
    public string? Sku { get; init; }

    /// <summary>The units of the SKU.</summary>
    public int Quantity { get; init; }

    /// <summary>Whether refunded units go back into stock.</summary>
    public bool ReturnsUnits { get; init; }

    /// <summary>The payment token of a checkout.</summary>
    public string? Token { get; init; }

    /// <summary>The content of the cart at checkout, by SKU. Not sent: the checks compare the order with it.</summary>
    public IReadOnlyDictionary<string, int> Units { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A checkout.</summary>
    public static ShopCall Checkout(string key, string cart, string token, IReadOnlyDictionary<string, int> units) =>
        new(CallKind.Checkout, key) { Cart = cart, Token = token, Units = units };

    /// <summary>A line of a cart.</summary>
    public static ShopCall SetLine(string cart, string sku, int quantity) => new(CallKind.SetLine) { Cart = cart, Sku = sku, Quantity = quantity };
}
