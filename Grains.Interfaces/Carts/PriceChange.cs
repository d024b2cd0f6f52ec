namespace ActorShop.Carts;

/// <summary>A price that is no longer the one that the cart stores.</summary>
[GenerateSerializer, Immutable, Alias("carts.price-change")]
public sealed record PriceChange(Sku Sku, Money From, Money To);
