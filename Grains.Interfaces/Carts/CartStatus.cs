namespace ActorShop.Carts;

[GenerateSerializer, Alias("carts.cart-status")]
public enum CartStatus
{
    Open,
    CheckingOut,
    Ordered,
}
