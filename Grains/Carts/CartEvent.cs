namespace ActorShop.Carts;

/// <summary>An event of a cart.</summary>
[Alias("carts.cart-event")]
internal abstract partial record CartEvent : IEvent
{
    /// <summary>The cart after the event.</summary>
    public abstract Cart ApplyTo(Cart cart);
}
