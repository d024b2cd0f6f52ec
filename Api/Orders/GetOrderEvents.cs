using ActorShop.Api.Reporting;
using ActorShop.Reporting;

namespace ActorShop.Api.Orders;

/// <summary>An event of an order.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Type">The type of the event, such as <c>placed</c>, <c>confirmed</c>, <c>captured</c> or <c>refunded</c>.</param>
/// <param name="OperationId">The operation on the order that the event belongs to.</param>
/// <param name="Reason">The reason of a cancellation or refund.</param>
/// <param name="Captured">The captured amount.</param>
/// <param name="Refunded">The refunded amount.</param>
/// <param name="Credited">The amount credited by a credit note.</param>
/// <param name="Items">The refunded units.</param>
/// <param name="ExternalId">The id in the other system.</param>
/// <param name="Failure">The reason of a failed order.</param>
/// <param name="DeclineCode">The payment provider's decline code.</param>
public sealed record OrderEventResponse(
    long Sequence, DateTimeOffset At, string Type, string? OperationId, string? Reason, MoneyBody? Captured, MoneyBody? Refunded,
    MoneyBody? Credited, IReadOnlyList<RefundedItemResponse>? Items, string? ExternalId, FailureResponse? Failure, string? DeclineCode)
{
    internal static OrderEventResponse Of(HistoryEntry entry)
    {
        var stored = new StoredEvent(entry.Data);
        return new(
            entry.Sequence, entry.At, entry.Type,
            stored.Text("operationId"),
            stored.Text("reason") ?? stored.Text("request", "reason"),
            stored.Money("amount"),
            stored.Money("returned") ?? stored.Money("refund", "refunded") ?? stored.Money("refund"),
            stored.Money("refund", "credited") ?? stored.Money("credit"),
            stored.Read<IReadOnlyList<RefundedItemResponse>>("refund", "items") ?? stored.Read<IReadOnlyList<RefundedItemResponse>>("request", "items"),
            stored.Text("refund", "externalId") ?? stored.Text("request", "externalId") ?? stored.Text("command", "externalId"),
            stored.Read<FailureResponse>("cause"),
            stored.Text("code"));
    }
}

/// <summary>Units of a SKU that were refunded, an amount, or both.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The units; 0 where only money was refunded.</param>
/// <param name="UnitPrice">The refund per unit. Absent for the price paid.</param>
/// <param name="Amount">The refund of the item, instead of a unit price.</param>
/// <param name="Restock">Whether the units returned to stock.</param>
public sealed record RefundedItemResponse(string Sku, int Quantity, MoneyBody? UnitPrice, MoneyBody? Amount, bool Restock);

internal static class GetOrderEvents
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/{id}/history", static (string id, Query<Paging> query, HttpContext http, IGrainFactory grains) =>
            grains.OrderHistoryAsync(id, query.Value, http, OrderEventResponse.Of))
        .WithSummary("List the events of an order")
        .Refuses(Problems.OrderNotFound);
}
