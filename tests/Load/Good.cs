namespace ActorShop.Load;

/// <summary>A SKU to buy, escaped as a part of a path.</summary>
internal sealed record Good(string ProductId, string EscapedSku);
