namespace ActorShop.Carts;

/// <summary>An event of a cart. Each case is in the file of its operation.</summary>
/// <remarks>Changes of the lines are not recorded: no query needs them, and they are the most frequent writes of a shop. Older versions recorded them.</remarks>
[Alias("carts.cart-event")]
internal abstract partial record CartEvent : EntityEvent<Cart>, IEvent
{
    public virtual bool IsRecorded => true;
}
