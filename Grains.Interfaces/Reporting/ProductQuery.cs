namespace ActorShop.Reporting;

/// <summary>Which products, in what order. All filters must hold.</summary>
/// <param name="Text">Words of the name, taken literally, case ignored; null for all.</param>
/// <param name="Currency">The currency of the price filters and of sorting by price.</param>
/// <param name="MinPrice">Minor units, inclusive.</param>
/// <param name="InStock">True for products with a free unit, false for those without.</param>
/// <param name="Sort"><c>name</c>, <c>-name</c>, <c>price</c>, <c>-price</c>, <c>createdAt</c> or <c>-createdAt</c>.</param>
/// <param name="Limit">1 to 100.</param>
[GenerateSerializer, Immutable, Alias("reporting.product-query")]
public sealed record ProductQuery(
    string? Text, string? Category, string Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, string? After, int Limit);
