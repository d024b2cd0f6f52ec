using ActorShop.Catalog;
using Microsoft.Extensions.Logging;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    /// <summary>The lines at other prices; a SKU without one keeps its price.</summary>
    public ImmutableArray<CartLine> At(IReadOnlyDictionary<Sku, long> prices) =>
        [.. Lines.Select(line => prices.TryGetValue(line.Sku, out var price) && price != line.UnitPrice ? line with { UnitPrice = price } : line)];

    /// <summary>Takes the prices at which the cart is ordered.</summary>
    public ImmutableArray<CartEvent> TakePrices(IReadOnlyDictionary<Sku, long> prices) =>
        At(prices).Except(Lines).ToImmutableArray() is { IsEmpty: false } changed ? [new CartEvent.Repriced(changed)] : [];

    /// <summary>Whether the customer agreed to pay the current prices.</summary>
    /// <param name="expectedTotal">What the customer expects to pay; without it, prices may only have fallen.</param>
    public bool Agrees(ImmutableArray<CartLine> current, Money total, Money? expectedTotal) =>
        expectedTotal is { } expected ? expected == total : current.Zip(Lines).All(static line => line.First.UnitPrice <= line.Second.UnitPrice);
}

internal abstract partial record CartEvent
{
    /// <summary>Lines have other prices: those at which the cart is ordered.</summary>
    [Alias("carts.cart-event.repriced")]
    internal sealed record Repriced(ImmutableArray<CartLine> Lines) : CartEvent
    {
        public override bool IsRecorded => false;

        public override Cart ApplyTo(Cart cart) => cart with { Lines = cart.At(Lines.ToDictionary(static line => line.Sku, static line => line.UnitPrice)) };
    }
}

/// <content>
/// A line stores the price that the customer was shown last. A read and a checkout read the offers anew: what a read shows is what is
/// charged, or the checkout is refused.
/// </content>
internal sealed partial class CartGrain
{
    private const int OfferWidth = 64;

    public async Task<CartView?> GetAsync()
    {
        await EnsureEndIsCommittedAsync();

        // The cart may change meanwhile: the answer is one version of it.
        var (cart, version) = (Committed, CommittedVersion);
        if (cart.Lines.IsEmpty || cart.RefuseCheckout() is not null)
        {
            return View(cart, version);
        }

        try
        {
            var offers = await FindOffersAsync(cart).WaitAsync(options.Value.PriceTimeout, Clock);
            return View(cart, version, cart.At(PricesOf(cart, offers)), offers, Now);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // A cart can be read while an offer is away; its checkout compares the prices all the same.
            LogUnpriced(logger, fault, Key);
            return View(cart, version);
        }
    }

    private async Task EnsureEndIsCommittedAsync()
    {
        if (Committed.Attempt is not null && Head.Attempt is null)
        {
            // The order has settled, and the write that says so is under way.
            await CommitAsync([]);
        }
    }

    private CartView? View() => View(Committed, CommittedVersion);

    private CartView? View(Cart cart, long version) => cart.View(new(Key), orders.Value.TaxInclusive, version, cart.Lines);

    private CartView? View(
        Cart cart, long version, ImmutableArray<CartLine> current, (string Name, long UnitPrice, ProductId Product)?[] offers,
        DateTimeOffset pricedAt) =>
        cart.View(new(Key), orders.Value.TaxInclusive, version, current) is { } view
            ? view with
            {
                Items = [.. view.Items.Zip(offers, static (line, offer) => line with { Product = offer?.Product })],
                PricedAt = pricedAt,
                PriceChanges =
                [
                    .. cart.Lines.Zip(current).Where(static line => line.First.UnitPrice != line.Second.UnitPrice).Select(line => new PriceChange(
                        line.First.Sku, new(line.First.UnitPrice, view.Currency), new(line.Second.UnitPrice, view.Currency))),
                ],
            }
            : null;

    private Task<(string Name, long UnitPrice, ProductId Product)?[]> FindOffersAsync(Cart cart) =>
        Concurrency.ForEachAsync(cart.Lines, OfferWidth, line => FindOfferAsync(line.Sku, cart.Currency!));

    private async Task<(string Name, long UnitPrice, ProductId Product)?> FindOfferAsync(Sku sku, string currency) =>
        await GrainFactory.Offer(sku).GetAsync() is { Active: true } offer && offer.PriceIn(currency) is { } price
            ? (offer.Name, price.Amount, offer.Product)
            : null;

    [LoggerMessage(3201, LogLevel.Warning, "The offers of cart {Cart} cannot be read; it shows the prices that it stores.")]
    private static partial void LogUnpriced(ILogger logger, Exception fault, string cart);

    private static Dictionary<Sku, long> PricesOf(Cart cart, (string Name, long UnitPrice, ProductId Product)?[] offers) => cart.Lines
        .Zip(offers)
        .Where(static line => line.Second is not null)
        .ToDictionary(static line => line.First.Sku, static line => line.Second!.Value.UnitPrice);
}
