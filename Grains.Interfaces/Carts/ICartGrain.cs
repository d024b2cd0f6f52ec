namespace ActorShop.Carts;

/// <summary>A cart: SKUs and quantities in one currency, and at most one checkout at a time.</summary>
/// <remarks>Keyed by <see cref="CartId"/>. Prices come from the offers, never from the client; they are frozen at checkout.</remarks>
[Alias("carts.cart")]
public interface ICartGrain : IResumable
{
    /// <summary>Creates the cart. Repeating it changes nothing.</summary>
    /// <returns>The cart; null if another one has the external id, and nothing is created.</returns>
    [Alias("create")]
    Task<CartView?> CreateAsync(string currency, string? externalId);

    /// <summary>Whether the cart has an external id, or is about to be created with it.</summary>
    [Alias("holds-external-id"), AlwaysInterleave]
    Task<bool> HoldsExternalIdAsync(string externalId);

    /// <summary>Sets the quantity of a SKU; 0 removes the line.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="quantity">0 to 100,000.</param>
    /// <param name="expectedVersion">The expected version; null for any.</param>
    /// <param name="returnView">Whether the answer has the whole cart: false saves copying a long one.</param>
    [Alias("set-item")]
    Task<CartResult> SetItemAsync(Sku sku, int quantity, long? expectedVersion, bool returnView);

    /// <summary>The committed cart; null if it does not exist.</summary>
    [Alias("get")]
    Task<CartView?> GetAsync();

    /// <summary>
    /// Turns the cart into an order: freezes it, starts the order's saga and waits for it up to a timeout. Repeating it with the same
    /// key resumes or repeats it, and never charges twice.
    /// </summary>
    /// <remarks>
    /// The caller renders the result and stores it with <see cref="KeepAnswerAsync"/> before sending it. If the caller is lost,
    /// the cart closes or reopens by itself.
    /// </remarks>
    [Alias("checkout"), ResponseTimeout(LongCalls.Timeout)]
    Task<CheckoutResult> CheckoutAsync(RequestKey request, CheckoutDetails details);

    /// <summary>Stores the answer to a checkout, and in the same write closes or reopens the cart.</summary>
    /// <returns>The answer stored under the key: the first one.</returns>
    [Alias("keep-answer")]
    Task<Answer> KeepAnswerAsync(RequestKey request, Answer answer);
}
