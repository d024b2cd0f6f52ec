namespace ActorShop.Testing.Customers;

/// <summary>A SKU on sale.</summary>
/// <param name="Product">Its product.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Opening">The units in stock at the start.</param>
public sealed record Good(string Product, string Sku, int Opening);
