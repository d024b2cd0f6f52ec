using ActorShop.Inventory;

namespace ActorShop.Catalog.Sample;

internal sealed record SampleVariant(
    Sku Sku, ImmutableArray<Money> Prices, ImmutableSortedDictionary<string, string> Options, int OnHand,
    StockPolicy Policy = StockPolicy.Tracked);
