namespace ActorShop.Catalog.Sample;

internal abstract record SampleLine
{
    private SampleLine()
    {
    }

    [Alias("catalog.sample-line.category")]
    internal sealed record CategoryLine(string Code, string Name) : SampleLine;

    [Alias("catalog.sample-line.product")]
    internal sealed record ProductLine(
        ProductId Id, string Name, string Description, string? Category, ImmutableSortedDictionary<string, string> Attributes,
        ImmutableArray<SampleVariant> Variants) : SampleLine
    {
        public ProductDraft ToDraft() => new(
            Name, Description, Category, Attributes, [.. Variants.Select(static v => new VariantDraft(v.Sku, v.Prices, v.Options))],
            ExternalId: null);
    }
}
