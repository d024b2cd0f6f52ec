namespace ActorShop.Import;

/// <summary>The SKUs and external ids of a file: the first of two equal ones is kept. Refused rows take none away.</summary>
internal sealed class SeenProducts
{
    private readonly Dictionary<string, int> _skus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <exception cref="RowException">The product repeats a SKU or an external id.</exception>
    public void Add(ImportProduct product, int line)
    {
        if (product.Variants.FirstOrDefault(variant => _skus.ContainsKey(variant.Sku)) is { } repeated)
        {
            throw new RowException(line, $"SKU '{repeated.Sku}' was on line {_skus[repeated.Sku]}");
        }

        if (product.Variants.GroupBy(static variant => variant.Sku, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new RowException(line, $"two variants have the SKU '{twice.Key}'");
        }

        if (_ids.TryGetValue(product.ExternalId, out var before))
        {
            throw new RowException(line, $"external id '{product.ExternalId}' was on line {before}");
        }

        _ids.Add(product.ExternalId, line);
        foreach (var variant in product.Variants)
        {
            _skus.Add(variant.Sku, line);
        }
    }
}
