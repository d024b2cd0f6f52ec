using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>The stock of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="OnHand">Units in the house.</param>
/// <param name="Reserved">Units of those set aside for orders.</param>
/// <param name="Available">Units that are not set aside.</param>
/// <param name="Policy">What limits promises: <c>tracked</c>, <c>backorder</c> or <c>untracked</c>.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, how far below zero promises may go.</param>
/// <param name="Version">The number of its changes; the ETag.</param>
public sealed record StockResponse(
    string Sku, int OnHand, int Reserved, int Available, StockPolicy Policy, int BackorderLimit, long Version)
{
    internal static StockResponse Of(StockLevel level) => new(
        level.Sku.Value, level.OnHand, level.Reserved, level.Available, level.Policy, level.BackorderLimit, level.Version);
}

/// <summary>Units set aside for an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">How many.</param>
/// <param name="ExpiresAt">When they return to the shelf unless the order is confirmed.</param>
public sealed record ReservationResponse(string OrderId, int Quantity, DateTimeOffset ExpiresAt)
{
    internal static ReservationResponse Of(ReservationView reservation) =>
        new(reservation.Order.Value, reservation.Quantity, reservation.ExpiresAt);
}

/// <summary>Moves units in or out.</summary>
/// <param name="Delta">Units in (positive) or out (negative); not zero.</param>
/// <param name="Reason">Words for the ledger.</param>
public sealed record AdjustmentRequest(int Delta, string Reason) : IRequest
{
    private const int MaxDelta = 10_000_000;

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Range("/delta", Delta, -MaxDelta, MaxDelta);
        if (Delta == 0)
        {
            findings.Add("/delta", "out_of_range", "Nothing would move.");
        }

        findings.Text("/reason", Reason, 1, 200);
    }
}

/// <summary>Changes what limits the promises made of a SKU.</summary>
/// <param name="Policy"><c>tracked</c>: what is on hand; <c>backorder</c>: so many more; <c>untracked</c>: nothing.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, how far below zero promises may go.</param>
public sealed record PolicyRequest(StockPolicy Policy, int BackorderLimit = 0) : IRequest
{
    private const int MaxLimit = 10_000_000;

    /// <inheritdoc/>
    public void Check(Findings findings) =>
        findings.Range("/backorderLimit", BackorderLimit, 0, Policy is StockPolicy.Backorder ? MaxLimit : 0);
}
