using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>The stock of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="OnHand">The units on hand.</param>
/// <param name="Reserved">The units reserved for orders.</param>
/// <param name="Available">The units available: on hand less reserved.</param>
/// <param name="Policy">The stock policy: <c>tracked</c>, <c>backorder</c> or <c>untracked</c>.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, the units that may be sold beyond those on hand.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record StockResponse(
    string Sku, int OnHand, int Reserved, int Available, StockPolicy Policy, int BackorderLimit, long Version)
{
    internal static StockResponse Of(StockLevel level) => new(
        level.Sku.Value, level.OnHand, level.Reserved, level.Available, level.Policy, level.BackorderLimit, level.Version);
}

/// <summary>Units reserved for an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">The reserved units.</param>
/// <param name="ExpiresAt">When the reservation expires if the order is not confirmed.</param>
public sealed record ReservationResponse(string OrderId, int Quantity, DateTimeOffset ExpiresAt)
{
    internal static ReservationResponse Of(ReservationView reservation) =>
        new(reservation.Order.Value, reservation.Quantity, reservation.ExpiresAt);
}

/// <summary>A change to the stock of a SKU.</summary>
/// <param name="Delta">The units to add (positive) or remove (negative).</param>
/// <param name="Reason">The reason, recorded in the ledger.</param>
public sealed record AdjustmentRequest(int Delta, string Reason) : IRequest
{
    private const int MaxDelta = 10_000_000;

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Range("/delta", Delta, -MaxDelta, MaxDelta);
        if (Delta == 0)
        {
            findings.Add("/delta", "out_of_range", "Must not be zero.");
        }

        findings.Text("/reason", Reason, 1, 200);
    }
}

/// <summary>A stock policy.</summary>
/// <param name="Policy"><c>tracked</c> limits sales to units on hand, <c>backorder</c> allows <c>backorderLimit</c> more, <c>untracked</c> sets no limit.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, the units that may be sold beyond those on hand.</param>
public sealed record PolicyRequest(StockPolicy Policy, int BackorderLimit = 0) : IRequest
{
    private const int MaxLimit = 10_000_000;

    /// <inheritdoc/>
    public void Check(Findings findings) =>
        findings.Range("/backorderLimit", BackorderLimit, 0, Policy is StockPolicy.Backorder ? MaxLimit : 0);
}
