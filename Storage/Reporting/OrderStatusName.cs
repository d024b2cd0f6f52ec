using System.Text.Json;
using ActorShop.Orders;

namespace ActorShop.Storage.Reporting;

/// <summary>The words for an order's status in the tables: those of the events.</summary>
internal static class OrderStatusName
{
    public static string Of(OrderStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    public static OrderStatus Parse(string name) =>
        Array.Find(Enum.GetValues<OrderStatus>(), status => string.Equals(Of(status), name, StringComparison.Ordinal));
}
