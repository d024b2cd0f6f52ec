using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

/// <summary>The query of a product list.</summary>
internal sealed record ProductParameters(
    string? Text, string? Category, string? Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, Paging Paging)
    : IQuery<ProductParameters>
{
    public static ProductParameters Read(QueryReader query) => new(
        query.Text("query", "Text to find in the name, ignoring case."),
        query.Text("category", "The code of a category.", 64),
        query.Currency("currency", "The currency of price filters and of listed prices. Defaults to the shop's currency."),
        query.Number("price[gte]", "The minimum price in minor units.", 0, MoneyBody.MaxAmount),
        query.Number("price[lte]", "The maximum price in minor units.", 0, MoneyBody.MaxAmount),
        query.Flag("inStock", "`true` for products in stock, `false` for products out of stock."),
        query.Choice("sort", "The sort order; `-` sorts descending.", ["name", "-name", "price", "-price", "createdAt", "-createdAt"]) ?? "name",
        query.Page());

    public ProductQuery ToQuery(string currency) =>
        new(Text, Category, Currency ?? currency, MinPrice, MaxPrice, InStock, Sort, Paging.After, Paging.Limit);
}
