using ActorShop.Cli.Shop;

namespace ActorShop.Chaos.Workload;

/// <summary>Whoever comes when everything is over: the shop has to sell as before.</summary>
/// <param name="shop">The shop.</param>
/// <param name="receipts">Where answers are written down.</param>
/// <param name="observations">The time of the run.</param>
/// <param name="good">What is bought; there is plenty of it.</param>
/// <param name="name">Unlike anybody else's.</param>
internal sealed class LastCustomer(ShopClient shop, Receipts receipts, Observations observations, ChaosGood good, string name)
    : Client(shop, receipts, observations, name)
{
    /// <summary>Buys one unit.</summary>
    /// <returns>Null if that went well; else what was said.</returns>
    public async Task<string?> TryBuyAsync(CancellationToken cancellationToken)
    {
        var made = await AskAsync(ShopRequest.Post("/v1/carts", new { currency = WorkloadPlan.Currency }), cancellationToken);
        var cart = made?.Text("id");
        var put = cart is null ? null : await AskAsync(
            new ShopRequest(HttpMethod.Put, $"/v1/carts/{cart}/items/{ShopReads.Escape(good.Sku)}", new { quantity = 1 }), cancellationToken);
        var draft = new Receipt(ReceiptKind.Checkout, NextKey(), $"/v1/carts/{cart}/checkout", 0)
        {
            Cart = cart,
            Units = new Dictionary<string, int>(StringComparer.Ordinal) { [good.Sku] = 1 },
        };
        var order = put is { IsFine: true } ? await AskAsync(draft, CheckoutBody.With("tok_ok"), "total", cancellationToken) : null;
        return order is { Status: 201 } ? null : (order ?? put ?? made)?.Explanation ?? "no answer";
    }

    /// <inheritdoc/>
    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (await TryBuyAsync(cancellationToken) is { } trouble)
        {
            Receipts.Object($"somebody could not buy when everything was well: {trouble}");
        }
    }
}
