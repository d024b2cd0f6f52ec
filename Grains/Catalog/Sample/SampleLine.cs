namespace ActorShop.Catalog.Sample;

/// <summary>A line of the sample catalogue.</summary>
internal abstract record SampleLine
{
    private SampleLine()
    {
    }

    /// <summary>A category.</summary>
    [Alias("catalog.sample-line.category")]
    internal sealed record CategoryLine(string Code, string Name) : SampleLine;

    /// <summary>A product with its opening stock.</summary>
    [Alias("catalog.sample-line.product")]
    internal sealed record ProductLine(
        ProductId Id, string Name, string Description, string? Category, ImmutableSortedDictionary<string, string> Attributes,
        ImmutableArray<SampleVariant> Variants) : SampleLine
    {
        /// <summary>What the product is to say.</summary>
        public ProductDraft ToDraft() => new(
            Name, Description, Category, Attributes, [.. Variants.Select(static v => new VariantDraft(v.Sku, v.Prices, v.Options))],
            ExternalId: null);
    }
}
