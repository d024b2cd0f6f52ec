namespace ActorShop.Load;

/// <summary>A SKU to buy.</summary>
/// <param name="ProductId">Its product.</param>
/// <param name="EscapedSku">The SKU as a part of a path.</param>
internal sealed record Good(string ProductId, string EscapedSku);
