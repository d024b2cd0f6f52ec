using ActorShop.Catalog.Sample;
using ActorShop.Inventory;

namespace ActorShop.Catalog;

/// <summary>Goal: products, and what their SKUs sell for, agree whatever happens between the writes.</summary>
[Trait("Suite", "Cluster")]
public sealed class CatalogGrainTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private IGrainFactory Grains => cluster.Shop.Grains;

    [Fact]
    public async Task StoredProduct_IsOfferedUnderItsSkus()
    {
        var id = new ProductId("prod_offered");

        var stored = (await Grains.Product(id).PutAsync(Draft("Mug", "mug-1"), 0)).ShouldBeOfType<PutProductResult.Stored>();

        stored.Created.ShouldBeTrue();
        stored.Product.Version.ShouldBe(1);
        var offer = (await Grains.Offer(new("mug-1")).GetAsync()).ShouldNotBeNull();
        (offer.Product, offer.Name, offer.Active, offer.PriceIn("GBP")).ShouldBe((id, "Mug", true, new Money(500, "GBP")));
        offer.PriceIn("USD").ShouldBeNull();
    }

    [Fact]
    public async Task Put_OfTheSameDraft_ChangesNothing()
    {
        var product = Grains.Product(new("prod_same"));
        await product.PutAsync(Draft("Mug", "same-1"), 0);
        var writes = cluster.Shop.Store.Writes.Length;

        var again = (await product.PutAsync(Draft("Mug", "same-1"), 1)).ShouldBeOfType<PutProductResult.Stored>();

        (again.Created, again.Product.Version).ShouldBe((false, 1));
        cluster.Shop.Store.Writes.Length.ShouldBe(writes);
    }

    [Fact]
    public async Task DryRun_AnswersAsThePut_AndClaimsNothing()
    {
        await Grains.Product(new("prod_dry")).PutAsync(Draft("Mug", "dry-1") with { ExternalId = "dry" }, 0);
        var writes = cluster.Shop.Store.Writes.Length;
        var other = Grains.Product(new("prod_dry_other"));

        (await other.PutAsync(Draft("Cup", "dry-2"), 0, dryRun: true)).ShouldBeOfType<PutProductResult.Stored>().Created.ShouldBeTrue();
        (await other.PutAsync(Draft("Cup", "dry-1"), 0, dryRun: true)).ShouldBe(new PutProductResult.SkuTaken(new("dry-1"), new("prod_dry")));
        (await other.PutAsync(Draft("Cup", "dry-2") with { ExternalId = "dry" }, 0, dryRun: true)).ShouldBe(new PutProductResult.ExternalIdTaken(new("prod_dry")));
        (await other.PutAsync(Draft("Cup", "dry-2") with { Category = "dry-none" }, 0, dryRun: true)).ShouldBe(new PutProductResult.UnknownCategory("dry-none"));
        (await other.PutAsync(Draft("Cup", "dry-2"), 5, dryRun: true)).ShouldBeOfType<PutProductResult.Unknown>();

        cluster.Shop.Store.Writes.Length.ShouldBe(writes);
        (await other.GetAsync()).ShouldBeNull();
        (await Grains.Product(new("prod_dry_third")).PutAsync(Draft("Cup", "dry-2"), 0)).ShouldBeOfType<PutProductResult.Stored>();
    }

    [Fact]
    public async Task ArchivedDraft_IsNeverOffered()
    {
        var product = Grains.Product(new("prod_stays_archived"));
        await product.PutAsync(Draft("Mug", "stays-1") with { Archived = true }, 0);

        var changed = (await product.PutAsync(Draft("Cup", "stays-1") with { Archived = true }, 1)).ShouldBeOfType<PutProductResult.Stored>().Product;

        (changed.Name, changed.Archived, changed.Version).ShouldBe(("Cup", true, 2));
        (await Grains.Offer(new("stays-1")).GetAsync())!.Active.ShouldBeFalse();
        (await product.PutAsync(Draft("Cup", "stays-1"), 2)).ShouldBeOfType<PutProductResult.Stored>().Product.Archived.ShouldBeFalse();
        (await Grains.Offer(new("stays-1")).GetAsync())!.Active.ShouldBeTrue();
    }

    [Fact]
    public async Task Categories_AreATree_WithoutACycle()
    {
        await Grains.Category("tree-men").PutAsync("Men", 0);
        (await Grains.Category("tree-hats").PutAsync("Hats", 0, "tree-men")).ShouldBeOfType<PutCategoryResult.Stored>().Category.Parent.ShouldBe("tree-men");

        (await Grains.Category("tree-men").PutAsync("Men", 1, "tree-hats")).ShouldBe(new PutCategoryResult.InvalidParent("tree-hats"));
        (await Grains.Category("tree-men").PutAsync("Men", 1, "tree-men")).ShouldBe(new PutCategoryResult.InvalidParent("tree-men"));
        (await Grains.Category("tree-caps").PutAsync("Caps", 0, "tree-none")).ShouldBe(new PutCategoryResult.InvalidParent("tree-none"));
        (await Grains.Category("tree-caps").PutAsync("Caps", 0, "tree-hats", dryRun: true)).ShouldBeOfType<PutCategoryResult.Stored>();
        (await Grains.Category("tree-caps").GetAsync()).ShouldBeNull();
        for (var level = 0; level < 20; level++)
        {
            var result = await Grains.Category($"tree-{level}").PutAsync("Level", 0, level == 0 ? null : $"tree-{level - 1}");
            (result is PutCategoryResult.Stored).ShouldBe(level < 16, $"level {level}");
        }
    }

    [Fact]
    public async Task Put_WithAnOldVersion_IsRefused()
    {
        var product = Grains.Product(new("prod_versions"));
        (await product.PutAsync(Draft("Mug", "version-1"), 3)).ShouldBeOfType<PutProductResult.Unknown>();
        await product.PutAsync(Draft("Mug", "version-1"), 0);

        (await product.PutAsync(Draft("Cup", "version-1"), 0)).ShouldBe(new PutProductResult.VersionMismatch(1));
        (await product.PutAsync(Draft("Cup", "version-1"), 1)).ShouldBeOfType<PutProductResult.Stored>().Product.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Put_WithATakenSku_IsRefused_AndFreesTheOtherSkus()
    {
        await Grains.Product(new("prod_first")).PutAsync(Draft("First", "taken-1"), 0);

        var refused = await Grains.Product(new("prod_second")).PutAsync(Draft("Second", "free-1", "taken-1"), 0);
        var third = await Grains.Product(new("prod_third")).PutAsync(Draft("Third", "free-1"), 0);

        refused.ShouldBe(new PutProductResult.SkuTaken(new("taken-1"), new("prod_first")));
        third.ShouldBeOfType<PutProductResult.Stored>();
        (await Grains.Product(new("prod_second")).GetAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task RemovedVariant_IsNotOffered_AndStaysWithTheProduct()
    {
        var product = Grains.Product(new("prod_variants"));
        await product.PutAsync(Draft("Mug", "keep-1", "drop-1"), 0);

        await product.PutAsync(Draft("Mug", "keep-1"), 1);

        (await Grains.Offer(new("drop-1")).GetAsync())!.Active.ShouldBeFalse();
        (await Grains.Offer(new("keep-1")).GetAsync())!.Active.ShouldBeTrue();
        (await Grains.Product(new("prod_thief")).PutAsync(Draft("Thief", "drop-1"), 0)).ShouldBeOfType<PutProductResult.SkuTaken>();
    }

    [Fact]
    public async Task ArchivedProduct_IsNotOffered_AndStaysReadable()
    {
        var product = Grains.Product(new("prod_archived"));
        (await product.ArchiveAsync(null)).ShouldBeOfType<PutProductResult.Unknown>();
        await product.PutAsync(Draft("Mug", "archived-1"), 0);

        (await product.ArchiveAsync(1)).ShouldBeOfType<PutProductResult.Stored>().Product.Archived.ShouldBeTrue();

        (await Grains.Offer(new("archived-1")).GetAsync())!.Active.ShouldBeFalse();
        (await product.GetAsync())!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Offers_AreUpdatedByDueWork_AfterAFailedWrite()
    {
        var product = Grains.Product(new("prod_healed"));
        await product.PutAsync(Draft("Mug", "healed-1"), 0);
        cluster.Shop.Store.FailNextWrite(WriteFault.BeforeCommit, static (_, key) => key is "offer/healed-1");

        (await product.PutAsync(Draft("Cup", "healed-1"), 1)).ShouldBeOfType<PutProductResult.Stored>();
        (await Grains.Offer(new("healed-1")).GetAsync())!.Name.ShouldBe("Mug");
        cluster.Shop.Time.Advance(Product.FollowWithin);
        (await cluster.Shop.ResumeAllAsync()).ShouldBeTrue();

        (await Grains.Offer(new("healed-1")).GetAsync())!.Name.ShouldBe("Cup");
        cluster.Shop.Store.DueOf("product", "prod_healed").ShouldBeNull();
    }

    [Fact]
    public async Task Claim_WithoutAProduct_IsOpenToOthers()
    {
        var offer = Grains.Offer(new("lost-1"));
        await offer.ClaimAsync(new("prod_never_written"));

        (await offer.ClaimAsync(new("prod_next"))).ShouldBe(new ProductId("prod_next"));
    }

    [Fact]
    public async Task Products_WithEachOthersSkus_DoNotDeadlock()
    {
        for (var round = 0; round < 10; round++)
        {
            var (one, other) = (new ProductId($"prod_race_{round}_1"), new ProductId($"prod_race_{round}_2"));
            string[] skus = [$"race-{round}-1", $"race-{round}-2", $"race-{round}-3"];

            // As after a crash: each holds a SKU of the other's draft, and has to be asked for it while its own turn is under way.
            await Grains.Offer(new(skus[0])).ClaimAsync(other);
            await Grains.Offer(new(skus[1])).ClaimAsync(one);

            // Sooner than a call that waits for the other product's turn would be given up.
            var results = await Task.WhenAll(
                Grains.Product(one).PutAsync(Draft("One", skus), 0),
                Grains.Product(other).PutAsync(Draft("Other", [.. skus.Reverse()]), 0)).WaitAsync(TimeSpan.FromSeconds(20));

            results.ShouldAllBe(static result => result is PutProductResult.Stored || result is PutProductResult.SkuTaken);
            results.Count(static result => result is PutProductResult.Stored).ShouldBeLessThan(2);
            var last = await Grains.Product(one).PutAsync(Draft("One", skus), expectedVersion: null);
            (last is PutProductResult.Stored).ShouldNotBe(results[1] is PutProductResult.Stored);
        }
    }

    [Fact]
    public async Task MissingOrArchivedCategory_IsRefused()
    {
        var product = Grains.Product(new("prod_category"));
        var draft = Draft("Mug", "category-1") with { Category = "mugs" };
        (await product.PutAsync(draft, 0)).ShouldBe(new PutProductResult.UnknownCategory("mugs"));

        (await Grains.Category("mugs").PutAsync("Mugs", 0)).ShouldBeOfType<PutCategoryResult.Stored>().Created.ShouldBeTrue();
        (await product.PutAsync(draft, 0)).ShouldBeOfType<PutProductResult.Stored>();
        await Grains.Category("mugs").ArchiveAsync(1);

        (await Grains.Product(new("prod_category_2")).PutAsync(Draft("Cup", "category-2") with { Category = "mugs" }, 0))
            .ShouldBe(new PutProductResult.UnknownCategory("mugs"));
    }

    [Fact]
    public async Task ExternalIdOfAnotherProduct_IsRefused()
    {
        await Grains.Product(new("prod_erp")).PutAsync(Draft("Mug", "erp-1") with { ExternalId = "erp/1" }, 0);

        (await Grains.Product(new("prod_erp_2")).PutAsync(Draft("Cup", "erp-2") with { ExternalId = "erp/1" }, 0))
            .ShouldBe(new PutProductResult.ExternalIdTaken(new("prod_erp")));
    }

    [Fact]
    public async Task ExternalIdOfARefusedProduct_IsFree()
    {
        await Grains.Product(new("prod_erp_3")).PutAsync(Draft("Mug", "erp-3"), 0);
        var draft = Draft("Cup", "erp-4", "erp-3") with { ExternalId = "erp/2" };
        (await Grains.Product(new("prod_erp_4")).PutAsync(draft, 0)).ShouldBeOfType<PutProductResult.SkuTaken>();

        (await Grains.Product(new("prod_erp_5")).PutAsync(Draft("Cup", "erp-4") with { ExternalId = "erp/2" }, 0))
            .ShouldBeOfType<PutProductResult.Stored>();
        (await Grains.Product(new("prod_erp_4")).PutAsync(Draft("Cup", "erp-6") with { ExternalId = "erp/2" }, 0))
            .ShouldBe(new PutProductResult.ExternalIdTaken(new("prod_erp_5")));
    }

    [Theory]
    [InlineData(WriteFault.BeforeCommit)]
    [InlineData(WriteFault.AfterCommit)]
    public async Task ExternalIdAfterAFailedWrite_IsHeldOnlyIfItWasWritten(WriteFault fault)
    {
        var (lost, next) = ($"prod_erp_lost_{fault}", $"prod_erp_next_{fault}");
        var draft = Draft("Mug", $"erp-lost-{fault}") with { ExternalId = $"erp/{fault}" };
        cluster.Shop.Store.FailNextWrite(fault, (_, key) => string.Equals(key, lost, StringComparison.Ordinal));
        await Should.ThrowAsync<Exception>(() => Grains.Product(new(lost)).PutAsync(draft, 0));

        var result = await Grains.Product(new(next)).PutAsync(draft, 0);

        if (fault is WriteFault.BeforeCommit)
        {
            result.ShouldBeOfType<PutProductResult.Stored>();
        }
        else
        {
            result.ShouldBe(new PutProductResult.ExternalIdTaken(new(lost)));
        }
    }

    [Fact]
    public async Task Events_HaveTheWholeProduct()
    {
        await Grains.Product(new("prod_events")).PutAsync(Draft("Mug", "events-1"), 0);

        var events = cluster.Shop.Store.EventsIn("prod_events");

        events.Select(static e => e.Type).ShouldBe(["stored", "offers-followed"]);
        ((string)System.Text.Json.Nodes.JsonNode.Parse(events[0].Data)!["product"]!["variants"]![0]!["sku"]!).ShouldBe("events-1");
        cluster.Shop.Store.Outbox.Where(static row => row.Stream is "prod_events").ShouldHaveSingleItem().Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task SampleCatalogue_IsImportedOnce_AndCanBeBought()
    {
        var sample = new SampleCatalogue(Grains);

        await Should.ThrowAsync<TimeoutException>(() => sample.ImportOnceAsync(static () => throw new TimeoutException()));
        (await Grains.FirstStart().GetOwnerAsync()).ShouldBeNull();
        (await sample.ImportOnceAsync(static () => Task.CompletedTask)).ShouldBeTrue();
        (await Grains.FirstStart().GetOwnerAsync()).ShouldNotBeNull();
        (await sample.ImportOnceAsync(static () => Task.CompletedTask)).ShouldBeFalse();

        foreach (var variant in SampleCatalogue.Read().OfType<SampleLine.ProductLine>().SelectMany(static p => p.Variants))
        {
            (await Grains.Offer(variant.Sku).GetAsync()).ShouldNotBeNull().Active.ShouldBeTrue();
            var level = await Grains.Stock(variant.Sku).GetAsync();
            (level.OnHand > 0 || level.Policy is StockPolicy.Untracked).ShouldBeTrue();
        }
    }

    private static ProductDraft Draft(string name, params string[] skus) => new(
        name, "As good as it looks.", Category: null, Sorted(),
        [.. skus.Select(static sku => new VariantDraft(new(sku), [new(500, "GBP")], Sorted()))], ExternalId: null);

    private static ImmutableSortedDictionary<string, string> Sorted() =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
