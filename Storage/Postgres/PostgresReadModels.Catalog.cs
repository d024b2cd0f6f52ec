using System.Globalization;
using ActorShop.Catalog;
using ActorShop.Reporting;
using ActorShop.Storage.Reporting;
using Npgsql;

namespace ActorShop.Storage.Postgres;

internal sealed partial class PostgresReadModels
{
    /// <inheritdoc/>
    public Task<ProductList> FindProductsAsync(ProductQuery query)
    {
        // What cannot be asked is refused before anything is.
        var order = ProductOrder.Of(query.Sort);
        var filter = FilterOf(query);
        var facetSql = PostgresFilter.Numbered(
            $"select p.category, count(*)::integer {ProductSql.FromProducts} where {filter.Sql} and p.category is not null group by p.category order by p.category");
        var facetValues = filter.Values([query.Currency]);
        filter.AndIf(query.Category is not null, "p.category = ?", query.Category);
        if (query.After is { } after)
        {
            var (id, key) = Cursor.Split(after);
            filter.And($"({order.Key}, p.id) {order.Comparison} (?, ?)", KeyOf(order, key), id);
        }

        var sql = PostgresFilter.Numbered(
            $"select p.id, p.name, p.category, p.skus, f.amount, {ProductSql.HasFreeUnit}, p.created_at, {order.Key} {ProductSql.FromProducts} "
            + $"where {filter.Sql} order by {order.Key} {order.Direction}, p.id {order.Direction} limit ?");
        var values = filter.Values([query.Currency], query.Limit + 1);
        return database.QueryAsync(async question =>
        {
            var facets = await question.SelectAsync(facetSql, static row => new Facet(row.GetString(0), row.GetInt32(1)), facetValues);
            var rows = await question.SelectAsync(sql, row => (Product: Product(row, query.Currency), Key: PositionOf(order, row)), values);
            return new ProductList(
                Pages.Of(rows, query.Limit, static r => r.Product, static r => Cursor.Of(r.Product.Id.Value, r.Key), await LagSecondsAsync(question)),
                facets);
        });
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<CategoryView>> GetCategoriesAsync() => database.SelectAsync(
        "select code, name, version from categories where not archived order by code",
        static row => new CategoryView(row.GetString(0), row.GetString(1), Archived: false, row.GetInt64(2)));

    // All but the category, which the facets are there to choose.
    private static PostgresFilter FilterOf(ProductQuery query)
    {
        var filter = new PostgresFilter()
            .And("not p.archived")
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

    private static ProductSummary Product(NpgsqlDataReader row, string currency) => new(
        new(row.GetString(0)),
        row.GetString(1),
        row.TextOrNull(2),
        [.. row.GetFieldValue<string[]>(3).Select(static sku => new Sku(sku))],
        row.IsDBNull(4) ? null : new Money(row.GetInt64(4), currency),
        row.GetBoolean(5),
        row.Moment(6));

    // The key of the eighth column as the text of a position.
    private static string PositionOf(ProductOrder order, NpgsqlDataReader row) => order.Kind switch
    {
        ProductOrder.KeyKind.Text => row.GetString(7),
        ProductOrder.KeyKind.Number => row.GetInt64(7).ToString(CultureInfo.InvariantCulture),
        _ => Micros.Of(row.Moment(7)).ToString(CultureInfo.InvariantCulture),
    };

    // The key that a position names.
    private static object KeyOf(ProductOrder order, string position) => order.Kind switch
    {
        ProductOrder.KeyKind.Text => position,
        ProductOrder.KeyKind.Number => Cursor.Number(position),
        _ => Micros.ToMoment(Cursor.Number(position)),
    };
}
