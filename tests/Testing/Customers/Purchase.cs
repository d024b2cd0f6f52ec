namespace ActorShop.Testing.Customers;

/// <summary>One unit of one SKU, from an empty cart to the order.</summary>
public static class Purchase
{
    /// <returns>The receipt of the checkout; if there was none, of the request that failed.</returns>
    public static async Task<Receipt> TryAsync(
        Func<ShopCall, CancellationToken, Task<ShopReply>> send, string sku, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(send);

        var create = new ShopCall(CallKind.CreateCart);
        var created = await send(create, cancellationToken);
        if (created is not { IsFine: true, Id: { } cart })
        {
            return new Receipt(create, created);
        }

        var set = ShopCall.SetLine(cart, sku, 1);
        var filled = await send(set, cancellationToken);
        if (!filled.IsFine)
        {
            return new Receipt(set, filled);
        }

        var checkout = ShopCall.Checkout(key, cart, "tok_ok", new Dictionary<string, int>(StringComparer.Ordinal) { [sku] = 1 });
        return new Receipt(checkout, await send(checkout, cancellationToken));
    }
}
