using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.Reporting;

namespace ActorShop;

/// <summary>The one place where keys of grains are made.</summary>
/// <remarks>
/// Every key begins with a prefix that is no hexadecimal number: Orleans' ADO.NET storage parses a key of hexadecimal digits
/// as a number, so that <c>20235</c> and <c>020235</c> would share a row. Prefixes are unique over all grain types, so a
/// key alone names a stream of events.
/// </remarks>
public static class ShopGrains
{
    /// <summary>The number of buckets over which due work is spread.</summary>
    public const int WakeBuckets = 64;

    private static readonly GrainType Stocks = GrainType.Create("stock");

    /// <summary>Whether a silo of the cluster hosts the shop's grains.</summary>
    public static bool HasGrains(this IClusterManifestProvider manifests) =>
        manifests.Current.Silos.Values.Any(static manifest => manifest.Grains.ContainsKey(Stocks));

    /// <summary>The stock of a SKU.</summary>
    public static IStockGrain Stock(this IGrainFactory grains, Sku sku) => grains.GetGrain<IStockGrain>($"sku/{sku.Value}");

    /// <summary>The product that a SKU belongs to, and its price.</summary>
    public static IOfferGrain Offer(this IGrainFactory grains, Sku sku) => grains.GetGrain<IOfferGrain>($"offer/{sku.Value}");

    /// <summary>A product.</summary>
    public static IProductGrain Product(this IGrainFactory grains, ProductId id) => grains.GetGrain<IProductGrain>(id.Value);

    /// <summary>A category, by its merchant's code.</summary>
    public static ICategoryGrain Category(this IGrainFactory grains, string code) => grains.GetGrain<ICategoryGrain>($"category/{code}");

    /// <summary>A cart.</summary>
    public static ICartGrain Cart(this IGrainFactory grains, CartId id) => grains.GetGrain<ICartGrain>(id.Value);

    /// <summary>An order.</summary>
    public static IOrderGrain Order(this IGrainFactory grains, OrderId id) => grains.GetGrain<IOrderGrain>(id.Value);

    /// <summary>A payment.</summary>
    public static IPaymentGrain Payment(this IGrainFactory grains, PaymentId id) => grains.GetGrain<IPaymentGrain>(id.Value);

    /// <summary>The one account book of the installation's manual entries and credit notes, by external id.</summary>
    public static ILedgerEntryGrain LedgerEntry(this IGrainFactory grains, string externalId) =>
        grains.GetGrain<ILedgerEntryGrain>($"entry/{externalId}");

    /// <summary>Who holds an external id of a kind (<c>order</c>, <c>product</c>, …).</summary>
    public static IExternalIdGrain ExternalId(this IGrainFactory grains, string kind, string externalId) =>
        grains.GetGrain<IExternalIdGrain>($"external/{kind}/{externalId}");

    /// <summary>The mark that the installation's first start is over: it has an owner once the sample catalogue can be found.</summary>
    public static IExternalIdGrain FirstStart(this IGrainFactory grains) => grains.ExternalId("installation", "sample-catalogue");

    /// <summary>The record of an idempotent request.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="digest">A hash of scope and key in hexadecimal digits.</param>
    public static IIdempotencyGrain Idempotency(this IGrainFactory grains, string digest) =>
        grains.GetGrain<IIdempotencyGrain>($"idem/{digest}");

    /// <summary>The waker of one bucket of due work.</summary>
    public static IWakerGrain Waker(this IGrainFactory grains, int bucket) =>
        grains.GetGrain<IWakerGrain>(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"waker/{bucket}"));

    /// <summary>The projector of a read model.</summary>
    public static IProjectorGrain Projector(this IGrainFactory grains, string projection) =>
        grains.GetGrain<IProjectorGrain>($"projection/{projection}");

    /// <summary>Questions answered from tables and read models; one worker per silo and core.</summary>
    public static IShopQueryGrain Queries(this IGrainFactory grains) => grains.GetGrain<IShopQueryGrain>("queries");
}
