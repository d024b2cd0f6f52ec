using System.Globalization;
using ActorShop.Cli.Shop;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Traffic;

/// <summary>Creates a small catalogue in an empty shop, with some SKUs that sell out.</summary>
internal static class OpeningDay
{
    private const string Reason = "opening stock";
    private const int AtOnce = 8;

    /// <summary>Creates products of one SKU each, with stock.</summary>
    public static async Task<IReadOnlyList<Good>> OpenAsync(ShopClient shop, WorkloadPlan plan, CancellationToken cancellationToken)
    {
        var random = new Random(plan.Seed);
        var prices = Enumerable.Range(1, plan.Goods).Select(_ => new Money(random.Next(100, 10_000), ShopCall.Currency)).ToArray();
        var goods = new Good[plan.Goods];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Goods), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, stop) => goods[index] = await PutAsync(shop, index + 1, prices[index], stop));
        return goods;
    }

    private static async Task<Good> PutAsync(ShopClient shop, int number, Money price, CancellationToken cancellationToken)
    {
        // One SKU in eight is scarce, so that some checkouts are refused.
        var sku = string.Create(CultureInfo.InvariantCulture, $"CHAOS-{number:000}");
        var units = number % 8 == 0 ? 25 : 5_000;
        var made = await AskAsync(
            shop, ShopRequest.Post("/v1/admin/products", new ProductBody($"Chaos {sku}", [new VariantBody(sku, price)], sku)), cancellationToken);
        await AskAsync(
            shop, ShopRequest.Post($"/v1/admin/stock/{sku}/adjustments", new AdjustBody(units, Reason), $"opening-{sku}"), cancellationToken);
        return new Good(made.Text("id")!, sku, units);
    }

    private static async Task<ShopAnswer> AskAsync(ShopClient shop, ShopRequest request, CancellationToken cancellationToken)
    {
        var answer = await shop.SendAsync(request, cancellationToken);
        return answer.IsFine ? answer : throw new ToolException(ExitCode.Differences, $"cannot create the catalogue: {request.Path}: {answer.Explanation}");
    }

    private sealed record ProductBody(string Name, IReadOnlyList<VariantBody> Variants, string ExternalId);

    private sealed record VariantBody(string Sku, Money Price);

    private sealed record AdjustBody(int Delta, string Reason);
}
