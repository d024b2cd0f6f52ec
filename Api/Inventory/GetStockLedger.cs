using ActorShop.Api.Reporting;
using ActorShop.Inventory;
using ActorShop.Reporting;

namespace ActorShop.Api.Inventory;

/// <summary>A change to the stock of a SKU.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the change occurred.</param>
/// <param name="Type">The type of the change, such as <c>adjusted</c>, <c>reserved</c>, <c>allocated</c> or <c>shipped</c>.</param>
/// <param name="Change">The change of the units on hand. The sum of all changes is the units on hand.</param>
/// <param name="OnHand">The units on hand after the change.</param>
/// <param name="Reserved">The units of pending orders and of confirmed orders that are not shipped, after the change.</param>
/// <param name="OrderId">The order that the units are for.</param>
/// <param name="Quantity">The units of the order.</param>
/// <param name="ExpiresAt">When the order is first asked whether it still needs the units.</param>
/// <param name="OperationId">The operation that changed the stock.</param>
/// <param name="Reason">The reason of the change.</param>
/// <param name="Policy">The new stock policy.</param>
/// <param name="BackorderLimit">The new limit of backorders.</param>
public sealed record StockEntryResponse(
    long Sequence, DateTimeOffset At, string Type, int Change, int OnHand, int Reserved, string? OrderId, int? Quantity,
    DateTimeOffset? ExpiresAt, string? OperationId, string? Reason, StockPolicy? Policy, int? BackorderLimit)
{
    internal static StockEntryResponse Of(HistoryEntry entry)
    {
        var stored = new StoredEvent(entry.Data);
        return new(
            entry.Sequence, entry.At, entry.Type, stored.Read<int>("delta"), stored.Read<int>("onHand"), stored.Read<int>("reserved"),
            stored.Text("order"), stored.Read<int?>("quantity"), stored.Read<DateTimeOffset?>("expiresAt"), stored.Text("operationId"),
            stored.Text("reason"), stored.Read<StockPolicy?>("policy"), stored.Read<int?>("backorderLimit"));
    }
}

internal static class GetStockLedger
{
    public static void Map(IEndpointRouteBuilder stock) => stock
        .MapGet("/ledger", static (string sku, Query<Paging> query, HttpContext http, IGrainFactory grains) =>
            grains.HistoryAsync($"sku/{sku}", query.Value, http, StockEntryResponse.Of, Problems.SkuNotFound))
        .WithSummary("List the changes to the stock of a SKU")
        .Refuses(Problems.SkuNotFound);
}
