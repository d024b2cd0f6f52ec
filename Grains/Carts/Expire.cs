using System.Text.Json.Serialization;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    /// <summary>When the cart expires unless it is changed; null for carts that older versions stored, until their next change.</summary>
    [JsonPropertyName("expires")]
    public DateTimeOffset? ExpiresAt { get; init; }

    public ImmutableArray<CartEvent> Expire(DateTimeOffset now) =>
        Attempt is null && Order is null && ExpiresAt <= now ? [new CartEvent.Expired()] : [];

    /// <summary>When the cart expires after a change now; null if that is the same day as before.</summary>
    /// <remarks>The ends of days: a cart that is edited all day moves in the index of due work once.</remarks>
    private DateTimeOffset? Renew(DateTimeOffset now, CartsOptions options) =>
        EndOfDay(now + options.Lifetime) is var end && end != ExpiresAt ? end : null;

    private static DateTimeOffset EndOfDay(DateTimeOffset at) => new(at.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}

internal abstract partial record CartEvent
{
    /// <summary>The cart was not changed for long, and exists no more.</summary>
    [Alias("carts.cart-event.expired")]
    internal sealed record Expired : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => new();
    }
}

internal sealed partial class CartGrain
{
    private async Task ExpireAsync()
    {
        await CommitAsync(Head.Expire(Now));

        // Gone, or changed by a write that this activation does not know.
        DeactivateOnIdle();
    }
}
