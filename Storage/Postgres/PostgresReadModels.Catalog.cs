using System.Globalization;
using ActorShop.Catalog;
using ActorShop.Reporting;
using ActorShop.Storage.Reporting;
using Npgsql;

namespace ActorShop.Storage.Postgres;

internal sealed partial class PostgresReadModels
{
    // The words of a search that are looked for one by one; the rest of the text counts as one more.
    private const int MostWords = 8;

    private const string HasFreeUnit =
        "exists (select 1 from product_skus k join stock_levels s on s.sku = k.sku "
        + "where k.product = p.id and (s.policy = 'untracked' or s.on_hand > s.reserved))";

    private const string FromProducts = "from products p left join product_prices f on f.product = p.id and f.currency = ?";

    private enum KeyKind
    {
        Text,
        Number,
        Moment,
    }

    /// <inheritdoc/>
    public Task<ProductList> FindProductsAsync(ProductQuery query)
    {
        // What cannot be asked is refused before anything is.
        var order = ProductOrder.Of(query.Sort);
        var filter = FilterOf(query);
        var facetSql = PostgresFilter.Numbered(
            $"select p.category, count(*)::integer {FromProducts} where {filter.Sql} and p.category is not null group by p.category order by p.category");
        var facetValues = filter.Values([query.Currency]);
        filter.AndIf(query.Category is not null, "p.category = ?", query.Category);
        if (query.After is { } after)
        {
            var (id, key) = Cursor.Split(after);
            filter.And($"({order.Key}, p.id) {order.Comparison} (?, ?)", order.Parse(key), id);
        }

        var sql = PostgresFilter.Numbered(
            $"select p.id, p.name, p.category, p.skus, f.amount, {HasFreeUnit}, p.created_at, {order.Key} {FromProducts} "
            + $"where {filter.Sql} order by {order.Key} {order.Direction}, p.id {order.Direction} limit ?");
        var values = filter.Values([query.Currency], query.Limit + 1);
        return database.QueryAsync(async question =>
        {
            var facets = await question.SelectAsync(facetSql, static row => new Facet(row.GetString(0), row.GetInt32(1)), facetValues);
            var rows = await question.SelectAsync(sql, row => (Product: Product(row, query.Currency), Key: order.Format(row)), values);
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
            .AndIf(query.InStock is true, HasFreeUnit)
            .AndIf(query.InStock is false, $"not {HasFreeUnit}");
        const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var word in (query.Text ?? string.Empty).Split(' ', MostWords, Words))
        {
            filter.And(@"p.folded like ? escape '\'", $"%{PostgresFilter.Literal(PostgresReporting.Folded(word))}%");
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

    /// <summary>An order of products. Those without a price come last, whichever way prices run.</summary>
    private readonly record struct ProductOrder(string Key, KeyKind Kind, bool IsDescending)
    {
        public string Direction => IsDescending ? "desc" : "asc";

        public string Comparison => IsDescending ? "<" : ">";

        public static ProductOrder Of(string sort) => sort switch
        {
            "name" => new("p.folded", KeyKind.Text, IsDescending: false),
            "-name" => new("p.folded", KeyKind.Text, IsDescending: true),
            "price" => new("coalesce(f.amount, 9223372036854775807)", KeyKind.Number, IsDescending: false),
            "-price" => new("coalesce(f.amount, -1)", KeyKind.Number, IsDescending: true),
            "createdAt" => new("p.created_at", KeyKind.Moment, IsDescending: false),
            "-createdAt" => new("p.created_at", KeyKind.Moment, IsDescending: true),
            _ => throw new ArgumentException($"Products are not sorted by \"{sort}\".", nameof(sort)),
        };

        /// <summary>The key of the eighth column as the text of a position.</summary>
        public string Format(NpgsqlDataReader row) => Kind switch
        {
            KeyKind.Text => row.GetString(7),
            KeyKind.Number => row.GetInt64(7).ToString(CultureInfo.InvariantCulture),
            _ => Micros.Of(row.Moment(7)).ToString(CultureInfo.InvariantCulture),
        };

        /// <summary>The key that a position names.</summary>
        public object Parse(string key) => Kind switch
        {
            KeyKind.Text => key,
            KeyKind.Number => Cursor.Number(key),
            _ => Micros.ToMoment(Cursor.Number(key)),
        };
    }
}
