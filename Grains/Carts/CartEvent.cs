namespace ActorShop.Carts;

/// <summary>What happened to a cart.</summary>
[Alias("carts.cart-event")]
internal abstract partial record CartEvent : IEvent
{
    /// <inheritdoc/>
    public virtual string? Reference => null;

    /// <summary>How a request is found again in the table of events.</summary>
    public static string ReferenceOf(RequestKey request) => $"{request.Scope} {request.Key}";

    /// <summary>The cart after the event.</summary>
    public abstract Cart ApplyTo(Cart cart);

    /// <summary>The request that the event is about; null if it is about none.</summary>
    /// <param name="known">The request after the events before it.</param>
    public virtual CheckoutRequest? Recall(CheckoutRequest? known) => null;
}
