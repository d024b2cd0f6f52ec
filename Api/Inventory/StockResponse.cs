using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>The stock of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="OnHand">The units on hand.</param>
/// <param name="Reserved">The units reserved for orders.</param>
/// <param name="Available">The units available: on hand less reserved.</param>
/// <param name="Policy">The stock policy: <c>tracked</c>, <c>backorder</c> or <c>untracked</c>.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, the units that may be sold beyond those on hand.</param>
/// <param name="InStock">Whether a unit can be bought now: one is available, the backorder limit leaves one, or the SKU is <c>untracked</c>.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record StockResponse(
    string Sku, int OnHand, int Reserved, int Available, StockPolicy Policy, int BackorderLimit, bool InStock, long Version) : IVersioned
{
    internal static StockResponse Of(StockLevel level) => new(
        level.Sku.Value, level.OnHand, level.Reserved, level.Available, level.Policy, level.BackorderLimit, level.InStock, level.Version);
}
