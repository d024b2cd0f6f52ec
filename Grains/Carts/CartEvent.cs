namespace ActorShop.Carts;

[Alias("carts.cart-event")]
internal abstract partial record CartEvent : IEvent
{
    public abstract Cart ApplyTo(Cart cart);
}
