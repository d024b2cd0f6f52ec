using System.Text.Json.Serialization;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    public ImmutableArray<CartEvent> Create(string currency, string? externalId, DateTimeOffset now, CartsOptions options) =>
        Currency is null ? [new CartEvent.Created(currency, externalId, now, now + options.EmptyLifetime)] : [];
}

internal abstract partial record CartEvent
{
    [Alias("carts.cart-event.created")]
    internal sealed record Created(
        string Currency, string? ExternalId, DateTimeOffset At, [property: JsonPropertyName("expires")] DateTimeOffset? ExpiresAt = null) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with
        {
            Currency = Currency,
            ExternalId = ExternalId,
            CreatedAt = At,
            ExpiresAt = ExpiresAt,
        };
    }
}

internal sealed partial class CartGrain
{
    public async Task<CartView?> CreateAsync(string currency, string? externalId)
    {
        ArgumentException.ThrowIfNullOrEmpty(currency);
        _externalId = externalId;
        try
        {
            if (Head.Currency is null && externalId is not null
                && !string.Equals(await GrainFactory.ExternalId(ExternalId.OfCarts, externalId).ClaimAsync(Key), Key, StringComparison.Ordinal))
            {
                return null;
            }

            await CommitAsync(Head.Create(currency, externalId, Now, options.Value));
        }
        finally
        {
            _externalId = null;
        }

        return View();
    }
}
