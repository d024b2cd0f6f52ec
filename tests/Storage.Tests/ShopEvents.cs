using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorShop.Accounting;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.Reporting;
using ActorShop.Storage.ReadModels;
using ActorShop.Storage.Writer;
using Orleans.Storage;

namespace ActorShop.Storage;

/// <summary>Writes what the shop's grains would have written, event by event.</summary>
internal sealed class ShopEvents(IGrainStorage storage)
{
    public static readonly DateTimeOffset Noon = new(2011, 11, 4, 12, 0, 0, TimeSpan.Zero);

    // The members of anonymous types are read-only, which the shop's own options leave out.
    private static readonly JsonSerializerOptions Json = new(ShopJson.Options) { IgnoreReadOnlyProperties = false };

    private static readonly ImmutableSortedDictionary<string, string> Nothing =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly Dictionary<string, GrainState<EntityRecord<Jar, JsonObject>>> _streams = new(StringComparer.Ordinal);

    /// <summary>Events that a database of an earlier version has projected, as it stored them.</summary>
    public static ImmutableArray<(string Stream, string Type, string Data)> OfEarlierVersions { get; } =
    [
        ("prod_1", "stored", """{"kind":"stored","product":{"id":"prod_1","name":"Caf\u00E9 cup","description":"","attributes":{},"variants":[{"sku":"A","prices":[{"amount":500,"currency":"GBP"}],"options":{}},{"sku":"B C","prices":[{"amount":500,"currency":"GBP"}],"options":{}}],"archived":false,"createdAt":"2011-12-09T12:50:00+00:00","updatedAt":"2011-12-09T12:50:00+00:00","version":1}}"""),
        ("sku/A", "policy-changed", """{"kind":"policy-changed","policy":"backorder","backorderLimit":2,"at":"2011-12-09T12:50:00+00:00","delta":0,"onHand":0,"reserved":0}"""),
        ("ord_1", "placed", PlacedEarlier()),
    ];

    /// <summary>
    /// What a database has at the last version with marks: of SKU A two of three events are projected, of order 1 one of two. Order 2 is projected, and its
    /// events wait all the same, as after a rebuild. Category <c>kept</c> has no event: a rebuild would remove it.
    /// </summary>
    /// <param name="at">A moment as the database stores it.</param>
    public static string OfTheVersionWithMarks(string at)
    {
        ImmutableArray<(string Stream, int Number, object Event)> events =
        [
            ("sku/A", 1, new StockEvent.PolicyChanged(StockPolicy.Backorder, 5, Noon, Delta: 0, OnHand: 0, Reserved: 0)),
            ("sku/A", 2, new StockEvent.Adjusted("op", "receipt", Delta: 4, OnHand: 4, Reserved: 0)),
            ("sku/A", 3, new StockEvent.Adjusted("op", "receipt", Delta: 3, OnHand: 7, Reserved: 0)),
            .. Sold("ord_1"),
            .. Sold("ord_2"),
        ];
        var basis = string.Create(CultureInfo.InvariantCulture, $"search {SearchText.Version}, {new Locality("en", "UTC").Version}");
        return string.Join(";\n", [
            .. events.Select(e => $"""
                insert into events (stream, seq, at, type, data) values ('{e.Stream}', {e.Number}, {at}, '{ShopJson.NameOf(e.Event.GetType())}',
                    '{(e.Event is StockEvent stock ? JsonSerializer.Serialize(stock, ShopJson.Options) : JsonSerializer.Serialize((OrderEvent)e.Event, ShopJson.Options))}')
                """),
            "insert into marks (topic, stream, seq) values ('reporting', 'sku/A', 2), ('reporting', 'ord_1', 1), ('reporting', 'ord_2', 2)",
            $"insert into outbox (topic, stream, seq, at) select 'reporting', stream, seq, {at} from events where (stream, seq) in (('sku/A', 3), ('ord_1', 2), ('ord_2', 1), ('ord_2', 2))",
            $"insert into rebuilds (topic, started_at, stream, seq, carried, done, basis) values ('reporting', {at}, '', 0, 0, true, '{basis}')",
            "insert into categories (code, name, archived, version) values ('kept', 'Kept', false, 1)",
            "insert into stock_levels (sku, on_hand, reserved, policy, backorder_limit, in_stock) values ('A', 4, 0, 'backorder', 5, true)",
            $"""
            insert into orders (id, number, email, status, total, currency, lines, units, placed_at, placed_day, counted)
            select id, '0', 'ada@example.org', status, 100, 'GBP', 1, 1, {at}, '2011-11-04', counted
            from (select 'ord_1' as id, 'pending' as status, false as counted union all select 'ord_2', 'confirmed', true) as stored
            """,
            "insert into sold (day, sku, currency, units, revenue) values ('2011-11-04', 'A', 'GBP', 1, 100)",
        ]);

        static IEnumerable<(string, int, object)> Sold(string id)
        {
            var command = Command(Noon, [("A", 1, 100)], customerId: null, externalId: null, "ada@example.org");
            yield return (id, 1, new OrderEvent.Placed(new(id), command, Token: null, Noon, Noon, Noon));
            yield return (id, 2, new OrderEvent.Confirmed(SoldOrder.Of(new(id), command)));
        }
    }

    /// <summary>Checks that the read models went on from <see cref="OfTheVersionWithMarks"/>, without a rebuild.</summary>
    public static async Task ShouldBeContinuedAsync(IReadModels models)
    {
        (await models.GetLagAsync("reporting")).ShouldBe(2);
        (await models.GetOutboxAsync(after: null, limit: 9)).Items.Where(static entry => entry.Topic is "reporting").ShouldBe([new("ord_1", 2, "reporting"), new("sku/A", 3, "reporting")]);
        while (await models.ProjectAsync("reporting", limit: 1) > 0)
        {
        }

        (await models.GetCategoriesAsync()).Single().Code.ShouldBe("kept");
        (await models.FindOrdersAsync(new(OrderStatus.Confirmed, null, null, null, null, Descending: false, null, 9))).Items.Length.ShouldBe(2);
        (await models.GetBestSellersAsync(from: null, to: null, limit: 9)).Single().Units.ShouldBe(2);
        (await models.GetLagAsync("reporting")).ShouldBe(0);

        await models.RebuildAsync("reporting");

        (await models.GetCategoriesAsync()).ShouldBeEmpty();
        (await models.FindOrdersAsync(new(OrderStatus.Confirmed, null, null, null, null, Descending: false, null, 9))).Items.Length.ShouldBe(2);
        (await models.GetBestSellersAsync(from: null, to: null, limit: 9)).Single().Units.ShouldBe(2);
    }

    /// <summary>Checks that the read models have been filled from <see cref="OfEarlierVersions"/>.</summary>
    public static async Task ShouldBeProjectedAsync(IReadModels models)
    {
        while (await models.ProjectAsync("reporting", limit: 2) > 0)
        {
        }

        var cup = (await models.FindProductsAsync(new("cup", null, "GBP", null, null, InStock: true, "name", null, 9))).Page.Items.Single();
        cup.Skus.ShouldBe([new Sku("A"), new Sku("B C")]);
        (await models.FindOrdersAsync(new(null, null, null, null, null, Descending: true, null, 9, Email: "ada@example.org"))).Items.Single().Id.Value.ShouldBe("ord_1");
        (await models.GetLagAsync("reporting")).ShouldBe(0);
    }

    public static Money Gbp(long amount) => new(amount, "GBP");

    public Task ProductAsync(
        string id, string name, string? category = null, long? price = null, string[]? skus = null, bool archived = false, int day = 0) =>
        ProductAsync(new(
            new(id),
            name,
            "A description.",
            category,
            Nothing,
            [.. (skus ?? [id.ToUpperInvariant()]).Select((sku, n) => new VariantDraft(
                new(sku), price is { } amount ? [Gbp(amount + n), new(2 * amount, "EUR")] : [], Nothing))],
            ExternalId: null,
            archived,
            Noon.AddDays(day),
            Noon.AddDays(day),
            Version: 1));

    public Task CategoryAsync(string code, string name, bool archived = false, string? parent = null) =>
        CategoryAsync(new(code, name, archived, Version: 1, parent));

    public Task StockAsync(string sku, int onHand, int reserved = 0, string? policy = null, int backorderLimit = 0) =>
        AppendAsync<StockEvent>($"sku/{sku}", policy is null
            ? new StockEvent.Adjusted("op", "receipt", Delta: 0, onHand, reserved)
            : new StockEvent.PolicyChanged(Enum.Parse<StockPolicy>(policy, ignoreCase: true), backorderLimit, Noon, Delta: 0, onHand, reserved));

    public async Task OrderAsync(
        string id, DateTimeOffset placedAt, (string Sku, int Quantity, long Price)[] lines, string? customerId = null, string? externalId = null,
        string? email = null)
    {
        await PlaceAsync(id, placedAt, lines, customerId, externalId, email);
        await AppendAsync<OrderEvent>(id, new OrderEvent.Confirmed(SoldOrder.Of(new(id), Command(placedAt, lines, customerId, externalId))));
    }

    /// <summary>An order that has not settled. Its event has members of other kinds under the same names as its confirmation.</summary>
    public Task PlaceAsync(
        string id, DateTimeOffset placedAt, (string Sku, int Quantity, long Price)[] lines, string? customerId = null, string? externalId = null,
        string? email = null) =>
        AppendAsync<OrderEvent>(
            id, new OrderEvent.Placed(new(id), Command(placedAt, lines, customerId, externalId, email), Token: null, placedAt, placedAt, placedAt));

    public Task FailAsync(string id) =>
        AppendAsync<OrderEvent>(id, new OrderEvent.Failed(new(FailureCode.PaymentDeclined, "card_declined")));

    public Task RefundAsync(string id, DateTimeOffset at, long refunded, long credited = 0, int lines = 1, string? externalId = null) =>
        AppendAsync<OrderEvent>(id, new OrderEvent.Refunded("op", Refund(at, refunded, credited, lines, externalId)));

    public Task CancelAsync(string id, DateTimeOffset at, long refunded) =>
        AppendAsync<OrderEvent>(
            id, new OrderEvent.Cancelled("op", "Changed my mind.", Refund(at, refunded, credited: 0, lines: 1, externalId: null), Gbp(refunded)));

    public Task EntryAsync(string externalId, DateTimeOffset at, string account, long amount, int items = 0) =>
        AppendAsync<LedgerEntryEvent>($"entry/{externalId}", new LedgerEntryEvent.Posted(
            new(
                externalId, Gbp(amount), account, "A reason.", at, CustomerId: null,
                [.. Enumerable.Range(0, items).Select(static n => new RefundItem(new($"SKU-{n}"), 1, UnitPrice: null, Restock: false))]),
            at));

    /// <summary>An event as its grain stores it.</summary>
    public Task AppendAsync<TEvent>(string stream, TEvent happened)
        where TEvent : class =>
        AppendAsync(
            stream, ShopJson.NameOf(happened.GetType()), JsonSerializer.SerializeToNode(happened, ShopJson.Options)!, postings: (happened as IEvent)?.Postings ?? []);

    public async Task AppendAsync(string stream, string type, object data, string[]? topics = null, DateTimeOffset? due = null, string? label = null,
        ImmutableArray<(string Account, Money Amount)>? postings = null)
    {
        if (!_streams.TryGetValue(stream, out var state))
        {
            _streams[stream] = state = new GrainState<EntityRecord<Jar, JsonObject>>(new EntityRecord<Jar, JsonObject>());
        }

        var sequence = state.State!.Sequence + 1;
        state.State = new()
        {
            Head = state.State.Head,
            Sequence = sequence,
            Events = [new(sequence, Noon, type, Reference: null, JsonSerializer.SerializeToNode(data, Json)!.AsObject())],
            Outbox = [.. (topics ?? ["reporting"]).Select(topic => new Delivery(sequence, topic))],
            Postings = [.. (postings ?? []).Select(posting => new Posting(sequence, posting.Account, posting.Amount.Amount, posting.Amount.Currency))],
            Due = due,
            Label = label,
        };
        await storage.WriteStateAsync("order", GrainId.Create("order", stream), state);
    }

    private static string PlacedEarlier() => JsonSerializer.Serialize<OrderEvent>(
        new OrderEvent.Placed(new("ord_1"), Command(Noon, [("A", 1, 500)], null, null, "Ada@example.org"), Token: null, Noon, Noon, Noon), ShopJson.Options);

    private static Refund Refund(DateTimeOffset at, long refunded, long credited, int lines, string? externalId) =>
        new(at, lines, lines, Gbp(refunded), Gbp(credited), externalId, []);

    private Task ProductAsync(ProductView product) => AppendAsync<ProductEvent>(
        product.Id.Value, product.Archived ? new ProductEvent.Archived(product) : new ProductEvent.Stored(product));

    private Task CategoryAsync(CategoryView category) => AppendAsync<CategoryEvent>(
        $"category/{category.Code}", category.Archived ? new CategoryEvent.Archived(category) : new CategoryEvent.Stored(category));

    public static PlacedOrder Command(
        DateTimeOffset placedAt, (string Sku, int Quantity, long Price)[] lines, string? customerId, string? externalId, string? email = null)
    {
        ImmutableArray<Line> views = [.. lines.Select(static line => Line.Of(new(line.Sku), line.Sku, line.Quantity, Gbp(line.Price)))];
        return new(
            views, Totals.Of(views, "GBP", taxInclusive: true), OrderTender.External, Cart: null, externalId, customerId,
            email, ShippingAddress: null, placedAt);
    }
}
