using System.Globalization;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Reporting;
using Orleans.Storage;

namespace ActorShop.Storage;

[Trait("Suite", "Contract")]
public abstract partial class ReadModelsContract : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Noon = ShopEvents.Noon;

    protected abstract IReadModels Models { get; }

    protected abstract IGrainStorage Storage { get; }

    private protected ShopEvents Shop { get; set; } = null!;

    public virtual Task InitializeAsync()
    {
        Shop = new(Storage);
        return Task.CompletedTask;
    }

    public abstract Task DisposeAsync();

    [ContractFact]
    public async Task Lag_CountsTheEventsThatWait()
    {
        await Shop.StockAsync("A", 1);
        await Shop.StockAsync("A", 2);
        await Shop.CategoryAsync("mugs", "Mugs");

        (await Models.GetLagAsync("reporting")).ShouldBe(3);
        (await Models.ProjectAsync("reporting", limit: 2)).ShouldBe(2);
        (await Models.GetLagAsync("reporting")).ShouldBe(1);
        (await Models.GetSalesAsync(new(From: null, To: null, ByMonth: false, "GBP"))).LagEvents.ShouldBe(1);
        (await Models.ProjectAsync("reporting", limit: 2)).ShouldBe(1);
        (await Models.ProjectAsync("reporting", limit: 2)).ShouldBe(0);
        (await Models.GetLagAsync("reporting")).ShouldBe(0);
    }

    [ContractFact]
    public async Task BusyStream_DoesNotDelayOtherStreams()
    {
        await Shop.StockAsync("B", 1);
        for (var i = 0; i < 6; i++)
        {
            await Shop.StockAsync("A", i);
            await Models.ProjectAsync("reporting", limit: 1);
        }

        (await Models.GetOutboxAsync(after: null, limit: 10)).Items.ShouldNotContain(static entry => entry.Stream == "sku/B");
    }

    [ContractFact]
    public async Task UnknownTopic_IsRefused() => await Should.ThrowAsync<ArgumentException>(() => Models.ProjectAsync("weather", limit: 1));

    [ContractFact]
    public async Task Search_TakesWordsLiterally_AndIgnoresCaseBeyondAscii()
    {
        await Shop.ProductAsync("prod_1", "50% off MUG_SET");
        await Shop.ProductAsync("prod_2", "500 offcuts, mug set");
        await Shop.ProductAsync("prod_3", @"Back\slash");
        await Shop.ProductAsync("prod_4", "Käsebrett ÉTÉ");

        (await FoundAsync("50%")).ShouldBe(["prod_1"]);
        (await FoundAsync("mug_set")).ShouldBe(["prod_1"]);
        (await FoundAsync("Set  MUG")).ShouldBe(["prod_1", "prod_2"], ignoreOrder: true);
        (await FoundAsync(@"\s")).ShouldBe(["prod_3"]);
        (await FoundAsync("KÄSE été")).ShouldBe(["prod_4"]);
        (await FoundAsync("' or 1=1 --")).ShouldBeEmpty();
        (await FoundAsync("  ")).Length.ShouldBe(4);
    }

    /// <summary>Goal: words that are too short for an index of trigrams find what longer ones would. Method: alone, together, and beside a longer word.</summary>
    [ContractTheory]
    [InlineData("g", "prod_1 prod_2 prod_4 prod_5")]
    [InlineData("ug", "prod_1 prod_2")]
    [InlineData("é", "prod_1 prod_3 prod_4")]
    [InlineData("g d", "prod_1 prod_4")]
    [InlineData("re g", "prod_1 prod_4")]
    [InlineData("mug r", "prod_1")]
    [InlineData("r mug", "prod_1")]
    [InlineData("杯", "prod_6")]
    [InlineData("茶杯", "prod_6")]
    [InlineData("q", "")]
    public async Task Search_FindsShortWords(string text, string expected)
    {
        await Shop.ProductAsync("prod_1", "Red mug");
        await Shop.ProductAsync("prod_2", "Blau Mug");
        await Shop.ProductAsync("prod_3", "Teller");
        await Shop.ProductAsync("prod_4", "Grün und Rot, reduziert");
        await Shop.ProductAsync("prod_5", "Glas");
        await Shop.ProductAsync("prod_6", "小さい茶杯");

        foreach (var sort in new[] { "createdAt", "name" })
        {
            string.Join(' ', (await IdsAsync(Query() with { Text = text, Sort = sort })).Order(StringComparer.Ordinal)).ShouldBe(expected, sort);
        }
    }

    /// <summary>
    /// Goal: the pages of a search with many hits are what all hits in their order are, wherever the hits stand among the other names and however
    /// many have the same name. Method: 60 hits of two names, alone, after 59 other names and before them, in pages of two.
    /// </summary>
    [ContractTheory]
    [InlineData("name", "Apple mug", 0)]
    [InlineData("name", "Apple mug", 59)]
    [InlineData("name", "Zinc mug", 59)]
    [InlineData("-name", "Apple mug", 59)]
    [InlineData("-name", "Zinc mug", 59)]
    [InlineData("price", "Apple mug", 59)]
    [InlineData("-createdAt", "Apple mug", 59)]
    public async Task Search_PagesThroughManyHits(string sort, string other, int others)
    {
        for (var n = 0; n < 60; n++)
        {
            await Shop.ProductAsync(
                string.Create(CultureInfo.InvariantCulture, $"prod_{n:D2}"), n % 4 == 0 ? "Blue mug, red rim" : "Red mug", n % 3 == 0 ? null : n % 3 == 1 ? "mugs" : "sets",
                price: n % 4 == 0 ? 100 : 200, day: n % 4 == 0 ? 0 : 1);
        }

        for (var n = 0; n < others; n++)
        {
            await Shop.ProductAsync(string.Create(CultureInfo.InvariantCulture, $"prod_x{n:D2}"), other, "mugs", price: 300, day: 2);
        }

        await Shop.ProductAsync("prod_y", "Red mug", "mugs", archived: true);
        await ProjectAllAsync();
        var ids = Enumerable.Range(0, 60).OrderBy(static n => n % 4 > 0).ThenBy(static n => n).ToArray();
        if (sort.StartsWith('-'))
        {
            Array.Reverse(ids);
        }

        foreach (var text in new[] { "red mug", "d g", "red g" })
        {
            var query = Query() with { Text = text, Sort = sort, Limit = 2 };
            (await PagedAsync(query)).ShouldBe(ids.Select(static n => string.Create(CultureInfo.InvariantCulture, $"prod_{n:D2}")), text);
            (await PagedAsync(query with { Category = "sets" })).ShouldBe(
                ids.Where(static n => n % 3 == 2).Select(static n => string.Create(CultureInfo.InvariantCulture, $"prod_{n:D2}")), text);
        }

        async Task<List<string>> PagedAsync(ProductQuery query)
        {
            var found = new List<string>();
            do
            {
                var list = await Models.FindProductsAsync(query);
                list.Categories.ShouldBe([new("mugs", 20), new("sets", 20)]);
                found.AddRange(list.Page.Items.Select(static p => p.Id.Value));
                query = query with { After = list.Page.Next };
            }
            while (query.After is not null);

            return found;
        }
    }

    [ContractFact]
    public async Task Products_AreFiltered_AndFacetsIgnoreTheCategory()
    {
        await Shop.ProductAsync("prod_1", "Red mug", "mugs", price: 500);
        await Shop.ProductAsync("prod_2", "Blue mug", "mugs", price: 900);
        await Shop.ProductAsync("prod_3", "Red plate", "plates", price: 700);
        await Shop.ProductAsync("prod_4", "Red thing", category: null, price: null);
        await Shop.ProductAsync("prod_5", "Red ghost", "mugs", price: 600, archived: true);
        await Shop.StockAsync("PROD_1", onHand: 2, reserved: 2);
        await Shop.StockAsync("PROD_2", onHand: 2, reserved: 1);
        await Shop.StockAsync("PROD_3", onHand: 0, policy: "untracked");

        (await FoundAsync("red")).ShouldBe(["prod_1", "prod_3", "prod_4"], ignoreOrder: true);
        (await IdsAsync(Query() with { MinPrice = 500, MaxPrice = 700 })).ShouldBe(["prod_1", "prod_3"]);
        (await IdsAsync(Query() with { InStock = true })).ShouldBe(["prod_2", "prod_3"]);
        (await IdsAsync(Query() with { InStock = false })).ShouldBe(["prod_1", "prod_4"]);

        var mugs = await FindAsync(Query() with { Category = "mugs", MaxPrice = 700 });
        mugs.Page.Items.Single().ShouldSatisfyAllConditions(
            static p => p.Id.Value.ShouldBe("prod_1"),
            static p => p.PriceFrom.ShouldBe(ShopEvents.Gbp(500)),
            static p => p.InStock.ShouldBeFalse(),
            static p => p.Skus.ShouldBe([new Sku("PROD_1")]),
            static p => p.CreatedAt.ShouldBe(Noon));
        mugs.Categories.ShouldBe([new Facet("mugs", 1), new Facet("plates", 1)]);
    }

    /// <summary>Goal: lists, the stock's view and reservations agree on what can be bought. Method: every policy around each of its edges.</summary>
    [ContractFact]
    public async Task InStock_IsWhatTheStockPromises_UnderEveryPolicy()
    {
        var buyable = new List<string>();
        var all = new List<string>();
        foreach (var policy in Enum.GetValues<StockPolicy>())
        {
            foreach (var (onHand, reserved, limit) in new[] { (0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 0, 1), (0, 1, 1), (-1, 0, 1), (-1, 0, 2), (3, 4, 2), (3, 5, 2) })
            {
                var stock = new Stock { Policy = policy, OnHand = onHand, Reserved = reserved, BackorderLimit = policy is StockPolicy.Backorder ? limit : 0 };
                var id = string.Create(CultureInfo.InvariantCulture, $"prod_{all.Count:D2}");
                var sku = new Sku(id.ToUpperInvariant());
                await Shop.ProductAsync(id, "Mug", price: 500);
                await Shop.StockAsync(sku.Value, onHand, reserved, policy.ToString(), stock.BackorderLimit);
                var sold = stock.Reserve(new("ord_1"), quantity: 1, Noon).Reply is ReserveResult.Reserved;

                stock.ToLevel(sku).InStock.ShouldBe(sold, id);
                all.Add(id);
                if (sold)
                {
                    buyable.Add(id);
                }
            }
        }

        // A SKU without stock record is not sold.
        await Shop.ProductAsync("prod_99", "Mug", price: 500);
        all.Add("prod_99");

        (await IdsAsync(Query() with { InStock = true })).ShouldBe(buyable);
        (await IdsAsync(Query() with { InStock = false })).ShouldBe(all.Except(buyable, StringComparer.Ordinal));
        (await FindAsync(Query())).Page.Items.Where(static p => p.InStock).Select(static p => p.Id.Value).ShouldBe(buyable);
        buyable.Count.ShouldBe(14);
    }

    [ContractFact]
    public async Task Products_AreFoundBySku_Exactly()
    {
        await Shop.ProductAsync("prod_1", "Mug", skus: ["MUG-1", "MUG-10"]);
        await Shop.ProductAsync("prod_2", "Other mug", skus: ["MUG-2"]);
        await Shop.ProductAsync("prod_3", "Former mug", skus: ["OLD"], archived: true);

        (await IdsAsync(Query() with { Sku = new("MUG-10") })).ShouldBe(["prod_1"]);
        (await IdsAsync(Query() with { Sku = new("MUG") })).ShouldBeEmpty();
        (await IdsAsync(Query() with { Sku = new("mug-1") })).ShouldBeEmpty();
        (await IdsAsync(Query() with { Sku = new("OLD") })).ShouldBeEmpty();
        (await IdsAsync(Query() with { Sku = new("OLD"), Archived = null })).ShouldBe(["prod_3"]);
    }

    [ContractFact]
    public async Task ArchivedProducts_AreListedWhereAskedFor()
    {
        await Shop.ProductAsync("prod_1", "Mug", "mugs");
        await Shop.ProductAsync("prod_2", "Former mug", "mugs");
        await Shop.ProductAsync("prod_2", "Former mug", "mugs", archived: true);

        (await FindAsync(Query())).ShouldSatisfyAllConditions(
            static list => list.Page.Items.Single().ShouldSatisfyAllConditions(static p => p.Id.Value.ShouldBe("prod_1"), static p => p.Archived.ShouldBeFalse()),
            static list => list.Categories.ShouldBe([new Facet("mugs", 1)]));
        (await FindAsync(Query() with { Archived = true })).Page.Items.Single().ShouldSatisfyAllConditions(
            static p => p.Id.Value.ShouldBe("prod_2"), static p => p.Archived.ShouldBeTrue());
        (await IdsAsync(Query() with { Archived = null })).ShouldBe(["prod_1", "prod_2"]);
    }

    [ContractFact]
    public async Task StockPolicy_Stays_UntilItChanges()
    {
        await Shop.ProductAsync("prod_1", "Mug", "mugs", price: 500);
        await Shop.StockAsync("PROD_1", onHand: 3);
        await Shop.StockAsync("PROD_1", onHand: 2, policy: "untracked");
        await Shop.StockAsync("PROD_1", onHand: 0);
        (await IdsAsync(Query() with { InStock = true })).ShouldBe(["prod_1"]);

        await Shop.StockAsync("PROD_1", onHand: 0);
        await Shop.StockAsync("PROD_1", onHand: 0);
        (await IdsAsync(Query() with { InStock = true })).ShouldBe(["prod_1"]);

        await Shop.StockAsync("PROD_1", onHand: 0, policy: "tracked");
        (await IdsAsync(Query() with { InStock = true })).ShouldBeEmpty();
    }

    [ContractTheory]
    [InlineData("name", "prod_b prod_a prod_d prod_c prod_e")]
    [InlineData("-name", "prod_e prod_c prod_d prod_a prod_b")]
    [InlineData("price", "prod_a prod_d prod_b prod_c prod_e")]
    [InlineData("-price", "prod_c prod_b prod_d prod_a prod_e")]
    [InlineData("createdAt", "prod_a prod_b prod_c prod_d prod_e")]
    [InlineData("-createdAt", "prod_e prod_d prod_c prod_b prod_a")]
    public async Task Products_AreSorted_AndPagedWithoutGapOrRepetition(string sort, string expected)
    {
        await Shop.ProductAsync("prod_a", "mug two", price: 100, day: 1);
        await Shop.ProductAsync("prod_b", "Mug one", price: 300, day: 2);
        await Shop.ProductAsync("prod_c", "mug two words", price: 500, day: 3);
        await Shop.ProductAsync("prod_d", "MUG TWO", price: 100, day: 4);
        await Shop.ProductAsync("prod_e", "zebra", price: null, day: 5);
        await ProjectAllAsync();

        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = (await Models.FindProductsAsync(Query() with { Sort = sort, After = after, Limit = 2 })).Page;
            ids.AddRange(page.Items.Select(static p => p.Id.Value));
            after = page.Next;
        }
        while (after is not null);

        string.Join(' ', ids).ShouldBe(expected);
    }

    [ContractFact]
    public async Task ChangedProduct_IsListedWithItsLastState()
    {
        await Shop.ProductAsync("prod_1", "Mug", "mugs", price: 500, skus: ["A", "B"]);
        await Shop.ProductAsync("prod_1", "Beaker", "plates", price: 400, skus: ["B"]);
        await Shop.StockAsync("A", 10);
        await Shop.StockAsync("B", 3);
        await ProjectAllAsync();

        var product = (await FindAsync(Query())).Page.Items.Single();

        product.ShouldSatisfyAllConditions(
            static p => p.Name.ShouldBe("Beaker"), static p => p.Category.ShouldBe("plates"), static p => p.Skus.ShouldBe([new Sku("B")]));
        (await Models.GetStockValueAsync("GBP")).ShouldBe(new StockValueReport(Skus: 2, Units: 13, ShopEvents.Gbp(1200), SkusWithoutPrice: 1));
    }

    [ContractFact]
    public async Task InvalidPosition_IsRefused()
    {
        await Should.ThrowAsync<ArgumentException>(() => Models.FindProductsAsync(Query() with { Sort = "price", After = "x y" }));
        await Should.ThrowAsync<ArgumentException>(() => Models.FindProductsAsync(Query() with { After = "x" }));
        await Should.ThrowAsync<ArgumentException>(() => Models.FindProductsAsync(Query() with { Sort = "colour" }));
        await Should.ThrowAsync<ArgumentException>(() => Models.GetLedgerAsync(account: null, after: "1", limit: 1));
    }

    [ContractFact]
    public async Task Categories_DoNotIncludeArchivedOnes()
    {
        await Shop.CategoryAsync("plates", "Plates");
        await Shop.CategoryAsync("mugs", "Mugs", parent: "plates");
        await Shop.CategoryAsync("old", "Old");
        await Shop.CategoryAsync("old", "Old", archived: true);
        await ProjectAllAsync();

        (await Models.GetCategoriesAsync()).Select(static c => (c.Code, c.Parent)).ShouldBe([("mugs", "plates"), ("plates", null)]);
    }

    [ContractFact]
    public async Task Orders_AreFiltered_AndPagedNewestFirst()
    {
        for (var i = 0; i < 5; i++)
        {
            await Shop.OrderAsync($"ord_{i}", Noon.AddHours(i / 2), [("A", 1, 100), ("B", 2, 50)], i % 2 == 0 ? "cus_1" : null, $"ext-{i}");
        }

        await Shop.CancelAsync("ord_1", Noon, refunded: 200);
        await ProjectAllAsync();

        var first = await Models.FindOrdersAsync(Orders() with { Limit = 3 });
        var second = await Models.FindOrdersAsync(Orders() with { Limit = 3, After = first.Next });

        first.Items.Concat(second.Items).Select(static o => o.Id.Value).ShouldBe(["ord_4", "ord_3", "ord_2", "ord_1", "ord_0"]);
        second.Next.ShouldBeNull();
        first.Items[0].ShouldBe(new OrderSummary(
            new("ord_4"), OrderStatus.Confirmed, ShopEvents.Gbp(200), 2, "cus_1", "ext-4", Cart: null, Noon.AddHours(2), "000000-0ORD_4"));
        (await OrdersAsync(Orders() with { Status = OrderStatus.Cancelled })).ShouldBe(["ord_1"]);
        (await OrdersAsync(Orders() with { Status = OrderStatus.Failed })).ShouldBeEmpty();
        (await OrdersAsync(Orders() with { CustomerId = "cus_1", Descending = false })).ShouldBe(["ord_0", "ord_2", "ord_4"]);
        (await OrdersAsync(Orders() with { ExternalId = "ext-3" })).ShouldBe(["ord_3"]);
        (await OrdersAsync(Orders() with { From = Noon.AddHours(1), To = Noon.AddHours(2) })).ShouldBe(["ord_3", "ord_2"]);
    }

    [ContractFact]
    public async Task Orders_AreFoundByNumberAndEmail()
    {
        await Shop.OrderAsync("ord_0192f0c1a2b37c4d8e5f60718293a4b5", Noon, [("A", 1, 100)], email: "Ada.Lovelace@Example.org");
        await Shop.OrderAsync("ord_0192f0c1a2b37c4d8e5f60718293a4b6", Noon.AddHours(1), [("A", 1, 100)], email: "ada.lovelace@example.org");
        await Shop.OrderAsync("ord_0192f0c1a2b37c4d8e5f60718293a4b7", Noon, [("A", 1, 100)], email: "ada@example.org");
        await Shop.OrderAsync("ord_0192f0c1a2b37c4d8e5f60718293a4b8", Noon, [("A", 1, 100)]);
        await ProjectAllAsync();

        foreach (var number in new[] { "607182-93A4B5", "607182-93a4b5", "60718293A4B5" })
        {
            (await Models.FindOrdersAsync(Orders() with { Number = number })).Items.Single().ShouldSatisfyAllConditions(
                static o => o.Id.Value.ShouldBe("ord_0192f0c1a2b37c4d8e5f60718293a4b5"), static o => o.Number.ShouldBe("607182-93A4B5"));
        }

        (await OrdersAsync(Orders() with { Number = "607182" })).ShouldBeEmpty();
        (await OrdersAsync(Orders() with { Number = "-" })).ShouldBeEmpty();
        (await OrdersAsync(Orders() with { Email = "ADA.lovelace@example.org" })).ShouldBe(["ord_0192f0c1a2b37c4d8e5f60718293a4b6", "ord_0192f0c1a2b37c4d8e5f60718293a4b5"]);
        (await OrdersAsync(Orders() with { Email = "lovelace@example.org" })).ShouldBeEmpty();
        var first = await Models.FindOrdersAsync(Orders() with { Email = "ada.lovelace@example.org", Limit = 1 });
        (await OrdersAsync(Orders() with { Email = "ada.lovelace@example.org", Limit = 1, After = first.Next })).ShouldBe(["ord_0192f0c1a2b37c4d8e5f60718293a4b5"]);
    }

    [ContractFact]
    public async Task PendingAndFailedOrders_AreFoundByStatus_AndAreNotSales()
    {
        await Shop.PlaceAsync("ord_1", Noon, [("A", 1, 100), ("A", 2, 50)], "cus_1", "ext-1");
        await Shop.PlaceAsync("ord_2", Noon, [("A", 1, 100)]);
        await Shop.OrderAsync("ord_3", Noon, [("A", 1, 100)]);
        await ProjectAllAsync();

        var pending = await Models.FindOrdersAsync(Orders() with { Status = OrderStatus.Pending, Descending = false });
        pending.Items.Select(static o => o.Id.Value).ShouldBe(["ord_1", "ord_2"]);
        pending.Items[0].ShouldBe(new OrderSummary(
            new("ord_1"), OrderStatus.Pending, ShopEvents.Gbp(200), 2, "cus_1", "ext-1", Cart: null, Noon, "000000-0ORD_1"));
        await Shop.FailAsync("ord_1");
        await ProjectAllAsync();

        foreach (var isRebuilt in new[] { false, true })
        {
            if (isRebuilt)
            {
                await Models.RebuildAsync("reporting");
            }

            (await OrdersAsync(Orders() with { Status = OrderStatus.Failed })).ShouldBe(["ord_1"]);
            (await OrdersAsync(Orders() with { Status = OrderStatus.Pending })).ShouldBe(["ord_2"]);
            (await OrdersAsync(Orders() with { Status = OrderStatus.Confirmed })).ShouldBe(["ord_3"]);
            (await OrdersAsync(Orders())).ShouldBe(["ord_3", "ord_2"]);
            (await OrdersAsync(Orders() with { ExternalId = "ext-1", Status = OrderStatus.Failed })).ShouldBe(["ord_1"]);
            (await Models.GetSalesAsync(new(null, null, ByMonth: false, "GBP"))).Total.Orders.ShouldBe(1);
            (await Models.GetBestSellersAsync(null, null, 9)).Single().Units.ShouldBe(1);
        }
    }

    [ContractFact]
    public async Task Sales_CountOrdersByTheDayTheyWerePlaced_AndCorrectionsByTheirOwn()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100), ("A", 1, 90), ("B", 2, 50)]);
        await Shop.OrderAsync("ord_2", Noon.AddDays(1), [("A", 1, 100)]);
        await Shop.OrderAsync("ord_3", Noon.AddMonths(1), [("B", 4, 50)]);
        await Shop.RefundAsync("ord_1", Noon.AddDays(1), refunded: 40, credited: 10, lines: 2, externalId: "C1");
        await Shop.RefundAsync("ord_2", Noon.AddDays(1), refunded: 20, externalId: "C1");
        await Shop.RefundAsync("ord_2", Noon.AddDays(1), refunded: 5);
        await Shop.CancelAsync("ord_3", Noon.AddMonths(1), refunded: 200);
        await Shop.EntryAsync("C2", Noon, "credit-notes", amount: 30, items: 2);
        await Shop.EntryAsync("B1", Noon.AddMonths(1), "bad-debt", amount: 1000);
        await ProjectAllAsync();

        var days = await Models.GetSalesAsync(new(new(2011, 11, 1), new(2011, 11, 30), ByMonth: false, "GBP"));
        var months = await Models.GetSalesAsync(new(From: null, To: null, ByMonth: true, "GBP"));

        days.Rows.ShouldBe(
        [
            Row("2011-11-04", orders: 1, lines: 3, units: 6, gross: 490, credited: 30, correctedLines: 2, documents: 1),
            Row("2011-11-05", orders: 1, lines: 1, units: 1, gross: 100, refunded: 65, credited: 10, correctedLines: 4, documents: 2),
        ]);
        months.Rows.ShouldBe(
        [
            Row("2011-11", orders: 2, lines: 4, units: 7, gross: 590, refunded: 65, credited: 40, correctedLines: 6, documents: 3),
            Row("2011-12", orders: 1, lines: 1, units: 4, gross: 200, refunded: 200, entries: -1000, correctedLines: 1, documents: 2),
        ]);
        months.Total.Net.ShouldBe(ShopEvents.Gbp(590 - 65 - 40 + 200 - 200 - 1000));
        months.LagEvents.ShouldBe(0);
    }

    [ContractFact]
    public async Task BestSellers_AreByUnitsOfConfirmedOrders_Gross()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100), ("A", 1, 90), ("B", 9, 5)]);
        await Shop.OrderAsync("ord_2", Noon.AddDays(1), [("A", 6, 100), ("C", 1, 0)]);
        await Shop.RefundAsync("ord_2", Noon.AddDays(1), refunded: 600);
        await ProjectAllAsync();

        (await Models.GetBestSellersAsync(from: null, to: null, limit: 2)).ShouldBe(
            [new BestSeller(new("A"), 10, ShopEvents.Gbp(990)), new BestSeller(new("B"), 9, ShopEvents.Gbp(45))]);
        (await Models.GetBestSellersAsync(new(2011, 11, 5), new(2011, 11, 5), limit: 9)).Select(static b => b.Sku.Value).ShouldBe(["A", "C"]);
    }

    [ContractFact]
    public async Task Sums_BeyondSixtyFourBits_AreExact()
    {
        const long Huge = 4_000_000_000_000_000_007;
        for (var n = 1; n <= 5; n++)
        {
            await Shop.OrderAsync($"ord_{n}", Noon, [("A", 1, Huge)]);
            await Shop.RefundAsync($"ord_{n}", Noon, refunded: Huge, credited: Huge);
            await Shop.EntryAsync($"B{n}", Noon, "bad-debt", amount: Huge);
            await Shop.ProductAsync($"prod_{n}", "Mug", price: 10_000_000_000, skus: [$"S{n}"]);
            await Shop.StockAsync($"S{n}", 500_000_000);
            await ProjectAllAsync();
        }

        Int128 sum = 5 * (Int128)Huge;
        var total = (await Models.GetSalesAsync(new(From: null, To: null, ByMonth: false, "GBP"))).Total;
        (total.Gross.Amount, total.Refunded.Amount, total.Credited.Amount, total.Entries.Amount, total.Net.Amount).ShouldBe((sum, sum, sum, -sum, -2 * sum));
        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Revenue.Amount.ShouldBe(sum);
        (await Models.GetStockValueAsync("GBP")).Value.Amount.ShouldBe(5 * (Int128)5_000_000_000_000_000_000);
        var balances = await Models.GetBalancesAsync();
        balances.Single(static b => b.Account is "refunds").Balance.Amount.ShouldBe(sum);
        balances.Aggregate(Int128.Zero, static (all, b) => all + b.Balance.Amount).ShouldBe(Int128.Zero);

        await Models.RebuildAsync("reporting");

        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Revenue.Amount.ShouldBe(sum);
    }

    [ContractFact]
    public async Task History_IsEveryEventOfAStream_InPages()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 1, 100)]);
        await Shop.RefundAsync("ord_1", Noon, refunded: 1);

        var first = await Models.GetHistoryAsync("ord_1", after: 0, limit: 2);

        first.Items.Select(static e => e.Type).ShouldBe(["placed", "confirmed"]);
        first.Next.ShouldBe("2");
        (await Models.GetHistoryAsync("ord_1", after: 2, limit: 2)).ShouldSatisfyAllConditions(
            static page => page.Items.Single().Type.ShouldBe("refunded"), static page => page.Next.ShouldBeNull());
    }

    [ContractFact]
    public async Task Sagas_AreUnfinished_OrAtTheStatedStep()
    {
        await Shop.AppendAsync("ord_1", "placed", new { }, due: Noon, label: "authorising");
        await Shop.AppendAsync("ord_2", "confirmed-elsewhere", new { }, label: "confirmed");
        await Shop.AppendAsync("ord_3", "placed", new { }, due: Noon, label: "capturing");
        await Shop.AppendAsync("ord_4", "failed", new { }, label: "failed");
        await Shop.AppendAsync("ord_5", "forgotten", new { }, due: null, label: "compensating");

        var page = await Models.FindSagasAsync(step: null, after: null, limit: 2);

        page.Items.ShouldBe([new SagaEntry("ord_1", "authorising", Noon), new SagaEntry("ord_3", "capturing", Noon)]);
        (await Models.FindSagasAsync(step: null, page.Next, limit: 2)).Items.ShouldBe([new SagaEntry("ord_5", "compensating", Due: null)]);
        (await Models.FindSagasAsync("confirmed", after: null, limit: 9)).Items.ShouldBe([new SagaEntry("ord_2", "confirmed", Due: null)]);
    }

    [ContractFact]
    public async Task DueWork_IsCountedByKind_WithTheOldest()
    {
        await Shop.AppendAsync("ord_1", "placed", new { }, due: Noon, label: "authorising");
        await Shop.AppendAsync("ord_2", "placed", new { }, due: Noon.AddMinutes(-5), label: "authorising");
        await Shop.AppendAsync("ord_3", "placed", new { }, due: Noon.AddSeconds(1), label: "authorising");

        (await Models.GetDueWorkAsync(Noon)).ShouldBe([new DueWork("order", 2, Noon.AddMinutes(-5))]);
        (await Models.GetDueWorkAsync(Noon.AddHours(-1))).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Outbox_ListsUndeliveredMessages_InPages()
    {
        await Shop.StockAsync("A B", 1);
        await Shop.StockAsync("A B", 2);
        await Shop.AppendAsync("ord_1", "placed", new { }, topics: ["mail", "reporting"]);

        var first = await Models.GetOutboxAsync(after: null, limit: 3);
        var second = await Models.GetOutboxAsync(first.Next, limit: 3);

        first.Items.Concat(second.Items).ShouldBe(
            [new("ord_1", 1, "mail"), new("ord_1", 1, "reporting"), new("sku/A B", 1, "reporting"), new("sku/A B", 2, "reporting")]);
    }

    [ContractFact]
    public async Task Rebuild_ReturnsTheNumberOfEvents_AndChangesNoAnswer()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100)]);
        await Shop.RefundAsync("ord_1", Noon, refunded: 40);
        await ProjectAllAsync();
        await Shop.StockAsync("A", 3);
        var before = await Models.GetSalesAsync(new(From: null, To: null, ByMonth: false, "GBP"));

        (await Models.RebuildAsync("reporting")).ShouldBe(4);

        var after = await Models.GetSalesAsync(new(From: null, To: null, ByMonth: false, "GBP"));
        after.Rows.ShouldBe(before.Rows);
        await ProjectAllAsync();
        (await Models.GetSalesAsync(new(From: null, To: null, ByMonth: false, "GBP"))).Rows.ShouldBe(before.Rows);
        (await Models.GetLagAsync("reporting")).ShouldBe(0);
    }

    private protected async Task ProjectAllAsync()
    {
        while (await Models.ProjectAsync("reporting", limit: 100) > 0)
        {
        }
    }

    private static ProductQuery Query() => new(
        Text: null, Category: null, "GBP", MinPrice: null, MaxPrice: null, InStock: null, "createdAt", After: null, Limit: 100);

    private static OrderQuery Orders() => new(
        Status: null, CustomerId: null, ExternalId: null, From: null, To: null, Descending: true, After: null, Limit: 100);

    private static SalesRow Row(
        string period, int orders, int lines, long units, long gross, long refunded = 0, long credited = 0, long entries = 0,
        int correctedLines = 0, int documents = 0) => new(
        period, orders, lines, units, ShopEvents.Gbp(gross), ShopEvents.Gbp(refunded), ShopEvents.Gbp(credited), ShopEvents.Gbp(entries),
        correctedLines, documents, ShopEvents.Gbp(gross - refunded - credited + entries));

    private async Task<ProductList> FindAsync(ProductQuery query)
    {
        await ProjectAllAsync();
        return await Models.FindProductsAsync(query);
    }

    private async Task<string[]> IdsAsync(ProductQuery query) => [.. (await FindAsync(query)).Page.Items.Select(static p => p.Id.Value)];

    private Task<string[]> FoundAsync(string text) => IdsAsync(Query() with { Text = text });

    private async Task<string[]> OrdersAsync(OrderQuery query) => [.. (await Models.FindOrdersAsync(query)).Items.Select(static o => o.Id.Value)];
}
