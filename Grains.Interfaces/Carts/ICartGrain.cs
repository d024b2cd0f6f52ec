namespace ActorShop.Carts;

/// <summary>A cart: SKUs and quantities in one currency, and at most one checkout at a time.</summary>
/// <remarks>Keyed by <see cref="CartId"/>. Prices come from the offers, never from the client; they are frozen at checkout.</remarks>
[Alias("carts.cart")]
public interface ICartGrain : IResumable, IExternalIdHolder, ICheckoutSource
{
    /// <summary>Creates the cart. Repeating it changes nothing.</summary>
    /// <returns>The cart; null if another one has the external id, and nothing is created.</returns>
    [Alias("create")]
    Task<CartView?> CreateAsync(string currency, string? externalId);

    /// <summary>Sets the quantity of a SKU; 0 removes the line.</summary>
    /// <param name="quantity">0 to 100,000.</param>
    /// <param name="returnView">Whether the answer has the whole cart: false saves copying a long one.</param>
    [Alias("set-item")]
    Task<CartResult> SetItemAsync(Sku sku, int quantity, long? expectedVersion, bool returnView);

    /// <summary>The committed cart; null if it does not exist. The prices of an open cart are read from its offers.</summary>
    [Alias("get")]
    Task<CartView?> GetAsync();

    /// <summary>The status and the units of the committed cart; null if it does not exist. Reads no offers.</summary>
    [Alias("get-size")]
    Task<CartSize?> GetSizeAsync();

    /// <summary>Turns the cart into an order: freezes it, starts the order's saga and waits for it up to a timeout.</summary>
    /// <remarks>
    /// A repeat of the request joins or resumes the checkout, or gets the answer of its order. Only a request whose order counts as not executed
    /// starts another attempt. If the caller is lost, the cart closes or reopens by itself.
    /// </remarks>
    [Alias("check-out"), ResponseTimeout(LongCalls.Timeout)]
    Task<CheckoutResult> CheckoutAsync(RequestKey request, CheckoutDetails details);
}
