namespace ActorShop.Carts;

/// <summary>An event of a cart. Each case is in the file of its operation.</summary>
[Alias("carts.cart-event")]
internal abstract partial record CartEvent : EntityEvent<Cart>;
