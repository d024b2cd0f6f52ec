namespace ActorShop.Import;

/// <summary>Goal: what a file does not name stays.</summary>
[Trait("Suite", "Unit")]
public sealed class ShopProductTests
{
    private static readonly ShopProduct Stored = new(
        "Cup",
        [
            new ShopVariant("CUP-7", [new Money(1000, "GBP"), new Money(1200, "EUR")], Texts(("size", "S"), ("colour", "red"))),
            new ShopVariant("CUP-7-L", [new Money(2000, "GBP")], Texts(("size", "L"))),
        ],
        "Long words", "tea", Texts(("material", "clay")), "CUP");

    private static readonly ImportProduct Nothing = new("CUP", IsIdStated: true, null, null, null, Texts(), []);

    [Fact]
    public void Nothing_ChangesNothing() => Merge(Nothing).IsSame(Stored).ShouldBeTrue();

    [Fact]
    public void ProductWithoutAnExternalId_StaysWithoutOne() => Merge(Nothing, Stored with { ExternalId = null }).ExternalId.ShouldBeNull();

    [Fact]
    public void Price_ChangesInItsCurrencyAlone()
    {
        var merged = Merge(Nothing with { Name = "Big cup", Variants = [new ImportVariant("CUP-7", new Money(950, "GBP"), Texts())] });

        merged.IsSame(Stored with
        {
            Name = "Big cup",
            Variants = [Stored.Variants[0] with { Prices = [new Money(950, "GBP"), new Money(1200, "EUR")] }, Stored.Variants[1]],
        }).ShouldBeTrue();
    }

    [Fact]
    public void NewVariantCurrencyAttributeAndOption_AreAdded()
    {
        var merged = Merge(Nothing with
        {
            Attributes = Texts(("origin", "Leeds")),
            Variants =
            [
                new ImportVariant("CUP-7", new Money(1500, "USD"), Texts(("handle", "left"))), new ImportVariant("CUP-7-XL", new Money(3000, "GBP"), Texts(("size", "XL"))),
            ],
        });

        merged.Attributes!.Texts().ShouldBe("material=clay, origin=Leeds");
        merged.Variants.Select(static variant => variant.Sku).ShouldBe(["CUP-7", "CUP-7-L", "CUP-7-XL"]);
        merged.Variants[0].Prices.Select(static price => price.Currency).ShouldBe(["GBP", "EUR", "USD"]);
        merged.Variants[0].Options!.Texts().ShouldBe("colour=red, handle=left, size=S");
    }

    [Fact]
    public void EmptyTexts_Clear()
    {
        var merged = Merge(
            Nothing with { Description = "", Attributes = Texts(("material", "")), Variants = [new ImportVariant("CUP-7", null, Texts(("colour", "")))] }, category: "");

        (merged.Description, merged.Category, merged.Attributes!.Count).ShouldBe((null, null, 0));
        merged.Variants[0].Options!.Texts().ShouldBe("size=S");
    }

    [Theory]
    [InlineData(true, null, false, true)]
    [InlineData(true, true, false, true)]
    [InlineData(true, true, true, false)]
    [InlineData(true, null, true, false)]
    [InlineData(true, false, true, true)]
    [InlineData(false, false, false, true)]
    [InlineData(false, null, false, false)]
    public void Archived_Stays_UnlessItIsRestored(bool isArchived, bool? isForSale, bool restore, bool archived) =>
        Merge(Nothing with { IsForSale = isForSale }, Stored with { Archived = isArchived }, restore: restore).Archived.ShouldBe(archived);

    [Fact]
    public void NewProduct_NeedsANameAndPrices()
    {
        var variant = new ImportVariant("A", new Money(1, "GBP"), Texts());

        Reason(Nothing with { Variants = [variant] }, null).ShouldBe("name is missing: the shop has no product 'CUP'");
        Reason(Nothing with { Name = "a", Variants = [variant with { Price = null }] }, null).ShouldBe("price is missing: the shop has no product 'CUP'");
        Reason(Nothing with { Variants = [variant with { Price = null }] }, Stored).ShouldBe("price is missing: the product has no such variant");
    }

    private static string Reason(ImportProduct said, ShopProduct? stored) =>
        Should.Throw<RowException>(() => ShopProduct.Merge(new CatalogueItem.Accepted(2, 1, said), null, stored)).Message;

    private static ShopProduct Merge(ImportProduct said, ShopProduct? stored = null, string? category = null, bool restore = false) =>
        ShopProduct.Merge(new CatalogueItem.Accepted(2, 1, said), category, stored ?? Stored, restore);

    private static ImmutableSortedDictionary<string, string> Texts(params (string Name, string Value)[] texts) =>
        texts.ToImmutableSortedDictionary(static text => text.Name, static text => text.Value, StringComparer.Ordinal);
}
