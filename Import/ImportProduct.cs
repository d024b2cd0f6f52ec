namespace ActorShop.Import;

/// <summary>What a file says about a product. Null, or a missing key, says nothing; an empty text clears the value.</summary>
/// <param name="ExternalId">What a repeated import finds the product by.</param>
/// <param name="IsIdStated">Whether the file states the external id. If not, the product is found by its first SKU too.</param>
/// <param name="Category">The path of the category; an empty one clears it.</param>
/// <param name="IsForSale">False for what is archived; true does not restore an archived product.</param>
public sealed record ImportProduct(
    string ExternalId, bool IsIdStated, string? Name, string? Description, CategoryPath? Category,
    ImmutableSortedDictionary<string, string> Attributes, ImmutableArray<ImportVariant> Variants, bool? IsForSale = null);
