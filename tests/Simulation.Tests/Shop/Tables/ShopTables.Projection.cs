using System.Text.Json;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <content>The outbox, and the read model that is made from it: orders by status, and stock levels.</content>
internal sealed partial class ShopTables
{
    private readonly Queue<(string Topic, string Stream, long Sequence)> _outbox = new();
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);

    /// <summary>Messages that wait.</summary>
    public int Waiting => _outbox.Count;

    /// <summary>The status of each order, as lists show it.</summary>
    public Dictionary<string, string> ListedOrders { get; } = new(StringComparer.Ordinal);

    /// <summary>What was refunded of each order, as reports show it.</summary>
    public Dictionary<string, long> ListedRefunds { get; } = new(StringComparer.Ordinal);

    /// <summary>The stock of each SKU, as lists show it.</summary>
    public Dictionary<string, (int OnHand, int Reserved)> ListedStocks { get; } = new(StringComparer.Ordinal);

    /// <summary>Carries messages into the read model: effect, mark and row in one transaction.</summary>
    public int Project(int limit)
    {
        var carried = 0;
        while (carried < limit && _outbox.TryDequeue(out var message))
        {
            carried++;
            var (_, stream, sequence) = message;
            if (_marks.GetValueOrDefault(stream) < sequence)
            {
                _marks[stream] = sequence;
                Apply(stream, _events[stream][(int)sequence - 1]);
            }
        }

        return carried;
    }

    private void Apply(string stream, EventRow row)
    {
        if (stream.StartsWith("sku/", StringComparison.Ordinal))
        {
            var stock = JsonSerializer.Deserialize<StockEvent>(row.Data, ShopJson.Options)!;
            ListedStocks[stream] = (stock.OnHand, stock.Reserved);
        }
        else if (stream.StartsWith(OrderId.Prefix, StringComparison.Ordinal))
        {
            Apply(stream, JsonSerializer.Deserialize<OrderEvent>(row.Data, ShopJson.Options)!);
        }
    }

    private void Apply(string order, OrderEvent happened)
    {
        switch (happened)
        {
            case OrderEvent.Placed:
                ListedOrders[order] = "pending";
                break;
            case OrderEvent.Failed:
                ListedOrders[order] = "failed";
                break;
            case OrderEvent.Confirmed:
                ListedOrders[order] = "confirmed";
                break;
            case OrderEvent.Cancelled cancelled:
                ListedOrders[order] = "cancelled";
                ListedRefunds[order] = ListedRefunds.GetValueOrDefault(order) + cancelled.Refund.Refunded.Amount;
                break;
            case OrderEvent.Refunded refunded:
                ListedRefunds[order] = ListedRefunds.GetValueOrDefault(order) + refunded.Refund.Refunded.Amount;
                break;
        }
    }
}
