namespace ActorShop.Carts;

/// <summary>An event of a cart.</summary>
[Alias("carts.cart-event")]
internal abstract partial record CartEvent : IEvent
{
    public virtual string? Reference => null;

    /// <summary>The reference under which the event table has a request.</summary>
    public static string ReferenceOf(RequestKey request) => $"{request.Scope} {request.Key}";

    /// <summary>The cart after the event.</summary>
    public abstract Cart ApplyTo(Cart cart);

    /// <summary>The request that the event is about; null if it is about none.</summary>
    /// <param name="known">The request after the events before it.</param>
    public virtual CheckoutRequest? Recall(CheckoutRequest? known) => null;
}
