using System.Text.Json;
using ActorShop.Inventory;

namespace ActorShop.Catalog.Sample;

/// <summary>A small catalogue of the project's own, so that a first start has something to sell.</summary>
/// <remarks>
/// It comes once in the life of an installation: a mark is set after its last line, and a start that was interrupted begins again
/// under the same ids, which changes nothing that was done.
/// </remarks>
public sealed class SampleCatalogue(IGrainFactory grains)
{
    private const string Resource = "ActorShop.Catalog.Sample.catalogue.ndjson";
    private const string Operation = "sample-catalogue";

    /// <summary>Imports the catalogue unless that was done before.</summary>
    /// <param name="untilFound">What is waited for before the mark is set: that lists know of it.</param>
    /// <returns>Whether it was imported now.</returns>
    public async Task<bool> ImportOnceAsync(Func<Task> untilFound)
    {
        ArgumentNullException.ThrowIfNull(untilFound);
        if (await grains.FirstStart().GetOwnerAsync() is not null)
        {
            return false;
        }

        var lines = Read();
        await Task.WhenAll(lines.OfType<SampleLine.CategoryLine>().Select(
            category => grains.Category(category.Code).PutAsync(category.Name, expectedVersion: null)));
        await Task.WhenAll(lines.OfType<SampleLine.ProductLine>().Select(ImportAsync));
        await untilFound();
        await grains.FirstStart().ClaimAsync("imported");
        return true;
    }

    internal static ImmutableArray<SampleLine> Read()
    {
        using var reader = new StreamReader(typeof(SampleCatalogue).Assembly.GetManifestResourceStream(Resource)!);
        var lines = ImmutableArray.CreateBuilder<SampleLine>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(JsonSerializer.Deserialize<SampleLine>(line, ShopJson.Options)!);
        }

        return lines.ToImmutable();
    }

    // Stock before the product: what can be bought can be had.
    private async Task ImportAsync(SampleLine.ProductLine product)
    {
        await Task.WhenAll(product.Variants.Select(StockAsync));
        await grains.Product(product.Id).PutAsync(product.ToDraft(), expectedVersion: null);
    }

    private async Task StockAsync(SampleVariant variant)
    {
        var stock = grains.Stock(variant.Sku);
        if (variant.Policy is not StockPolicy.Tracked)
        {
            await stock.SetPolicyAsync(variant.Policy, backorderLimit: 0, expectedVersion: null);
        }

        if (variant.OnHand > 0)
        {
            await stock.AdjustAsync(Operation, variant.OnHand, "opening stock");
        }
    }
}
