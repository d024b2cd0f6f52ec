namespace ActorShop.Reporting;

/// <summary>Which products, in what order. All filters must hold.</summary>
/// <param name="Text">Words of the name, taken literally; case, accents, width and composition are ignored. Null for all.</param>
/// <param name="Currency">The currency of the price filters and of sorting by price.</param>
/// <param name="MinPrice">Minor units, inclusive.</param>
/// <param name="InStock">True for products of which a unit can be bought, false for the others.</param>
/// <param name="Sort"><c>name</c>, <c>-name</c>, <c>price</c>, <c>-price</c>, <c>createdAt</c> or <c>-createdAt</c>.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Sku">The SKU of a variant.</param>
/// <param name="Archived">Whether archived products are listed instead of the others; null for both.</param>
[GenerateSerializer, Immutable, Alias("reporting.product-query")]
public sealed record ProductQuery(
    string? Text, string? Category, string Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, string? After, int Limit,
    Sku? Sku = null, bool? Archived = false);
