using System.Text.Json;
using ActorShop.Accounting;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Storage.ReadModels;

/// <summary>Which events change the read models, and how.</summary>
internal static class Effects
{
    private static readonly ImmutableArray<string> Tables =
        ["products", "product_skus", "product_prices", "sku_prices", "categories", "stock_levels", "orders", "sold", "corrections"];

    /// <summary>The statements that empty the tables.</summary>
    public static IEnumerable<Sql> Clear(Dialect dialect) => [.. dialect.ClearIndexes, .. Tables.Select(static table => Sql.Text($"delete from {table}"))];

    /// <summary>An event that changes the read models; null for any other.</summary>
    /// <exception cref="InvalidDataException">The event is not what its stream says. A projection never skips such an event.</exception>
    public static IEvent? Read(EventRow row)
    {
        try
        {
            var happened = KindOf(row.Stream) switch
            {
                "sku" => Parse<StockEvent>(row),
                "ord" => Parse<OrderEvent>(row),
                "prod" => Parse<ProductEvent>(row),
                "category" => Parse<CategoryEvent>(row),
                "entry" => Parse<LedgerEntryEvent>(row),
                _ => (IEvent?)null,
            };
            return happened?.Topics.Contains(Projections.Reporting, StringComparer.Ordinal) is true ? happened : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"Event {row.Sequence} of {row.Stream} ({row.Type}) cannot be read.", unreadable);
        }
    }

    /// <summary>The SKU of an event of a stock; null for any other event.</summary>
    public static string? SkuOf(EventRow row, IEvent happened) => happened is StockEvent ? row.Stream["sku/".Length..] : null;

    /// <summary>The statements for events. Those of one stream come in their order, those of different streams in any.</summary>
    /// <param name="levels">The stored levels of the SKUs that the events name.</param>
    public static IEnumerable<Sql> Of(Dialect dialect, Locality locality, IReadOnlyList<(EventRow Row, IEvent Event)> events, Dictionary<string, StockLevel> levels)
    {
        // A row is written once a batch: an order is placed and confirmed within it, and a popular SKU changes with every other event.
        var sold = new Dictionary<(DateOnly Day, string Sku, string Currency), Sales.Sold>();
        var orders = new Dictionary<string, Orders.Listed>(StringComparer.Ordinal);
        var statuses = new Dictionary<string, Orders.Changed>(StringComparer.Ordinal);
        var corrections = new List<Sales.Correction>();
        foreach (var (row, happened) in events)
        {
            IEnumerable<Sql> statements = [];
            switch (happened)
            {
                case StockEvent stock:
                    StockLevels.Add(levels, SkuOf(row, stock)!, stock);
                    break;
                case OrderEvent.Confirmed confirmed:
                    Sales.Add(sold, confirmed.Order, locality);
                    Orders.Add(orders, confirmed.Order, email: null, locality, OrderStatus.Confirmed);
                    break;
                case OrderEvent.Placed placed:
                    Orders.Add(orders, SoldOrder.Of(placed.Order, placed.Command), placed.Command.Email, locality, OrderStatus.Pending);
                    break;
                case OrderEvent.Failed:
                    Orders.Change(orders, statuses, row.Stream, OrderStatus.Failed);
                    break;
                case OrderEvent.Cancelled cancelled:
                    Orders.Change(orders, statuses, row.Stream, OrderStatus.Cancelled);
                    corrections.Add(Sales.Correct(row, cancelled.Refund, locality));
                    break;
                case OrderEvent.Refunded refunded:
                    corrections.Add(Sales.Correct(row, refunded.Refund, locality));
                    break;
                case LedgerEntryEvent.Posted posted:
                    corrections.Add(Sales.Correct(row, posted.Entry, locality));
                    break;
                case ProductEvent.Stored stored:
                    statements = Products.Put(stored.Product, locality);
                    break;
                case ProductEvent.Archived archived:
                    statements = Products.Put(archived.Product, locality);
                    break;
                case CategoryEvent.Stored stored:
                    statements = [Categories.Put(stored.Category)];
                    break;
                case CategoryEvent.Archived archived:
                    statements = [Categories.Put(archived.Category)];
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException($"No table is made from {happened.GetType()}.");
            }

            foreach (var statement in statements)
            {
                yield return statement;
            }
        }

        if (levels.Count > 0)
        {
            yield return StockLevels.Put(dialect, levels.Values);
        }

        if (statuses.Count > 0)
        {
            yield return Orders.SetStatus(dialect, statuses.Values);
        }

        if (orders.Count > 0)
        {
            yield return Orders.Put(dialect, orders.Values);
        }

        if (sold.Count > 0)
        {
            yield return Sales.Put(dialect, sold.Values);
        }

        if (corrections.Count > 0)
        {
            yield return Sales.Put(dialect, corrections);
        }
    }

    // The prefix of a key names the kind of grain.
    private static string KindOf(string stream) => stream.IndexOfAny(['/', '_']) is > 0 and var end ? stream[..end] : stream;

    private static T Parse<T>(EventRow row) =>
        JsonSerializer.Deserialize<T>(row.Data, ShopJson.Options) ?? throw new JsonException("An event is an object.");
}
