using System.Globalization;
using System.Text.Json;
using ActorShop.Catalog;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

internal static class Products
{
    private static readonly Sql IsInStock = Sql.Text(
        "exists (select 1 from product_skus k join stock_levels s on s.sku = k.sku where k.product = p.id and s.in_stock = true)");

    // With so many hits for each product of a page, names are looked through for it, up to so many, before the hits themselves are read.
    private const int ManyHits = 20;
    private const int MostNames = 5_000;

    public static IEnumerable<Sql> Put(ProductView product, Locality locality)
    {
        var id = product.Id.Value;
        var skus = JsonSerializer.Serialize(product.Variants.Select(static v => v.Sku), ShopJson.Options);
        yield return Sql.Of($"delete from product_skus where product = {id}");
        yield return Sql.Of($"delete from product_prices where product = {id}");
        yield return Sql.Of($"delete from sku_prices where product = {id}");
        yield return Sql.Of(
            $"""
            insert into products (id, name, folded, sort, category, skus, created_at, archived)
            values ({id}, {product.Name}, {SearchText.Folded(product.Name)}, {locality.KeyOf(product.Name)}, {product.Category}, {skus},
                    {product.CreatedAt}, {product.Archived})
            on conflict (id) do update set name = excluded.name, folded = excluded.folded, sort = excluded.sort,
                category = excluded.category, skus = excluded.skus, created_at = excluded.created_at, archived = excluded.archived
            """);
        foreach (var variant in product.Variants)
        {
            yield return Sql.Of($"insert into product_skus (product, sku) values ({id}, {variant.Sku.Value}) on conflict do nothing");
            foreach (var (amount, currency) in variant.Prices)
            {
                yield return Sql.Of(
                    $"""
                    insert into sku_prices (sku, currency, amount, product) values ({variant.Sku.Value}, {currency}, {amount}, {id})
                    on conflict (sku, currency) do update set amount = excluded.amount, product = excluded.product
                    """);
                yield return Sql.Of(
                    $"""
                    insert into product_prices (product, currency, amount) values ({id}, {currency}, {amount})
                    on conflict (product, currency) do update set amount = excluded.amount where excluded.amount < product_prices.amount
                    """);
            }
        }
    }

    public static async Task<ProductList> FindAsync(DbSession session, ProductQuery query)
    {
        var order = Order.Of(query.Sort);
        var words = SearchText.WordsOf(query.Text);
        var (source, counted, found) = session.Dialect.Named(words);
        if (query.Sku is { } sku)
        {
            source = counted = Sql.Text("product_skus k cross join products p");
            found = Sql.All([Sql.Of($"k.sku = {sku.Value} and p.id = k.product"), .. words.Select(Dialect.Like)]);
        }

        var prices = Sql.Of($"left join product_prices f on f.product = p.id and f.currency = {query.Currency}");
        var filterPrices = query.MinPrice is not null || query.MaxPrice is not null ? prices : Sql.Text(string.Empty);

        var category = query.Category is { } code ? Sql.Of($"p.category = {code}") : null;
        var rest = query.After is { } after ? order.After(after) : null;
        var filter = Sql.All(
        [
            query.Archived is { } archived ? Sql.Of($"p.archived = {archived}") : null,
            query.MinPrice is { } least ? Sql.Of($"f.amount >= {least}") : null,
            query.MaxPrice is { } most ? Sql.Of($"f.amount <= {most}") : null,
            query.InStock switch { true => IsInStock, false => Sql.Of($"not {IsInStock}"), null => null },
        ]);

        // Facets count what the other filters leave, because they are there to choose the category.
        var facets = await session.SelectAsync(
            $"select p.category, count(*) from {counted} {filterPrices} where {filter} and {found} group by p.category order by p.category",
            static row => (Category: row.TextOrNull(0), Count: row.Int(1)));
        var hits = facets.Where(f => query.Category is null || string.Equals(f.Category, query.Category, StringComparison.Ordinal)).Sum(static f => f.Count);

        // Many hits are soon met in the order of names. Where they are not, the names cost little beside the hits, which are read and sorted then.
        var rows = ImmutableArray<(ProductSummary Product, string Key)>.Empty;
        if (order.Kind is KeyKind.Bytes && query.Archived is { } shown && !words.IsEmpty && hits > ManyHits * query.Limit)
        {
            var first = Sql.Of(
                $"""
                (select p.id, p.sort, p.folded, p.category, p.archived from products p where {Sql.All(Sql.Of($"p.archived = {shown}"), rest)}
                order by p.sort {order.Direction}, p.id {order.Direction} limit {Math.Min(hits, MostNames)}) p
                """);
            rows = await PageAsync(first, Sql.All([filter, category, .. words.Select(Dialect.Like)]));
        }

        if (rows.Length <= query.Limit)
        {
            rows = await PageAsync(source, Sql.All(filter, found, category, rest));
        }

        return new(
            Pages.Of(rows, query.Limit, static r => r.Product, static r => Cursor.Of(r.Product.Id.Value, r.Key)),
            [.. facets.Where(static f => f.Category is not null).Select(static f => new Facet(f.Category!, f.Count))]);

        Task<ImmutableArray<(ProductSummary Product, string Key)>> PageAsync(Sql from, Sql condition) => session.SelectAsync(
            $"""
            with page as materialized (
                select p.id, {order.Key} as position from {from} {(order.Kind is KeyKind.Number ? prices : filterPrices)}
                where {condition} order by {order.Key} {order.Direction}, p.id {order.Direction} limit {query.Limit + 1})
            select p.id, p.name, p.category, p.skus, f.amount, {IsInStock}, p.created_at, p.archived, page.position
            from page join products p on p.id = page.id {prices}
            order by page.position {order.Direction}, p.id {order.Direction}
            """,
            row => (
                Product: new ProductSummary(
                    new(row.Text(0)),
                    row.Text(1),
                    row.TextOrNull(2),
                    JsonSerializer.Deserialize<ImmutableArray<Sku>>(row.Text(3), ShopJson.Options),
                    row.IsNull(4) ? null : new Money(row.Long(4), query.Currency),
                    row.Bool(5),
                    row.Moment(6),
                    row.Bool(7)),
                Key: order.KeyOf(row, 8)));
    }

    /// <summary>An order of products. Those without a price come last, whether prices rise or fall; products with equal keys are ordered by id.</summary>
    private sealed record Order(Sql Key, KeyKind Kind, bool IsDescending)
    {
        public Sql Direction { get; } = Sql.Text(IsDescending ? "desc" : "asc");

        public static Order Of(string sort) => sort switch
        {
            "name" => new(Sql.Text("p.sort"), KeyKind.Bytes, IsDescending: false),
            "-name" => new(Sql.Text("p.sort"), KeyKind.Bytes, IsDescending: true),
            "price" => new(Sql.Text("coalesce(f.amount, 9223372036854775807)"), KeyKind.Number, IsDescending: false),
            "-price" => new(Sql.Text("coalesce(f.amount, -1)"), KeyKind.Number, IsDescending: true),
            "createdAt" => new(Sql.Text("p.created_at"), KeyKind.Moment, IsDescending: false),
            "-createdAt" => new(Sql.Text("p.created_at"), KeyKind.Moment, IsDescending: true),
            _ => throw new ArgumentException($"Products are not sorted by \"{sort}\".", nameof(sort)),
        };

        /// <summary>The products after the position where a page ended.</summary>
        public Sql After(string position)
        {
            var (id, key) = Cursor.Split(position);
            object value = Kind switch
            {
                KeyKind.Bytes => Cursor.Bytes(key),
                KeyKind.Number => Cursor.Number(key),
                _ => Micros.ToMoment(Cursor.Number(key)),
            };
            return Sql.Of($"({Key}, p.id) {Sql.Text(IsDescending ? "<" : ">")} ({value}, {id})");
        }

        /// <summary>The key of a row as text of a position.</summary>
        public string KeyOf(Row row, int column) => Kind switch
        {
            KeyKind.Bytes => Convert.ToBase64String(row.Bytes(column)),
            KeyKind.Number => row.Long(column).ToString(CultureInfo.InvariantCulture),
            _ => Micros.Of(row.Moment(column)).ToString(CultureInfo.InvariantCulture),
        };
    }

    private enum KeyKind
    {
        Bytes,
        Number,
        Moment,
    }
}
