using System.Text.Json;
using ActorShop.Catalog;
using ActorShop.Reporting;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Sqlite;

internal sealed partial class SqliteReadModels
{
    /// <inheritdoc/>
    public Task<ProductList> FindProductsAsync(ProductQuery query) => database.Readers.QueryAsync(connection =>
    {
        var filter = FilterOf(query);
        var facets = connection.Select(
            $"select p.category, count(*) {ProductSql.FromProducts} where {filter.Sql} and p.category is not null group by p.category order by p.category",
            static row => new Facet(row.Text(0), row.Number(1)),
            filter.Values([query.Currency]));

        var order = ProductOrder.Of(query.Sort);
        filter.AndIf(query.Category is not null, "p.category = ?", query.Category);
        if (query.After is { } after)
        {
            var (id, key) = Cursor.Split(after);
            filter.And($"({order.Key}, p.id) {order.Comparison} (?, ?)", order.Kind is ProductOrder.KeyKind.Text ? key : Cursor.Number(key), id);
        }

        var rows = connection.Select(
            $"select p.id, p.name, p.category, p.skus, f.amount, {ProductSql.HasFreeUnit}, p.created_at, {order.Key} {ProductSql.FromProducts} "
            + $"where {filter.Sql} order by {order.Key} {order.Direction}, p.id {order.Direction} limit ?",
            row => (Product: Product(row, query.Currency), Key: row.Text(7)),
            filter.Values([query.Currency], query.Limit + 1));
        return new ProductList(
            Pages.Of(rows, query.Limit, static r => r.Product, static r => Cursor.Of(r.Product.Id.Value, r.Key), LagSeconds(connection)),
            facets);
    });

    /// <inheritdoc/>
    public Task<ImmutableArray<CategoryView>> GetCategoriesAsync() => database.Readers.QueryAsync(static connection => connection.Select(
        "select code, name, version from categories where archived = 0 order by code",
        static row => new CategoryView(row.Text(0), row.Text(1), Archived: false, row.Integer(2))));

    // All but the category, which the facets are there to choose.
    private static SqlFilter FilterOf(ProductQuery query)
    {
        var filter = new SqlFilter()
            .And("p.archived = 0")
            .AndIf(query.MinPrice is not null, "f.amount >= ?", query.MinPrice)
            .AndIf(query.MaxPrice is not null, "f.amount <= ?", query.MaxPrice)
            .AndIf(query.InStock is true, ProductSql.HasFreeUnit)
            .AndIf(query.InStock is false, $"not {ProductSql.HasFreeUnit}");
        foreach (var pattern in SearchText.PatternsOf(query.Text))
        {
            filter.And(@"p.folded like ? escape '\'", pattern);
        }

        return filter;
    }

    private static ProductSummary Product(Statement row, string currency) => new(
        new(row.Text(0)),
        row.Text(1),
        row.TextOrNull(2),
        JsonSerializer.Deserialize<ImmutableArray<Sku>>(row.Utf8(3), ShopJson.Options),
        row.IsNull(4) ? null : new Money(row.Integer(4), currency),
        row.Integer(5) == 1,
        row.Moment(6));
}
