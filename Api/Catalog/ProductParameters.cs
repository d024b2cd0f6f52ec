using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

/// <summary>Which products, in what order.</summary>
internal sealed record ProductParameters(
    string? Text, string? Category, string? Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, Paging Paging)
    : IQuery<ProductParameters>
{
    public static ProductParameters Read(QueryReader query) => new(
        query.Text("query", "Words of the name, taken literally; case does not matter."),
        query.Text("category", "The code of a category.", 64),
        query.Currency("currency", "The currency of prices, in filters and in the list; the shop's own if left out."),
        query.Number("price[gte]", "Minor units.", 0, MoneyBody.MaxAmount),
        query.Number("price[lte]", "Minor units.", 0, MoneyBody.MaxAmount),
        query.Flag("inStock", "Only those with a free unit, or only those without."),
        query.Choice("sort", "The order.", ["name", "-name", "price", "-price", "createdAt", "-createdAt"]) ?? "name",
        query.Page());

    public ProductQuery ToQuery(string currency) =>
        new(Text, Category, Currency ?? currency, MinPrice, MaxPrice, InStock, Sort, Paging.After, Paging.Limit);
}
