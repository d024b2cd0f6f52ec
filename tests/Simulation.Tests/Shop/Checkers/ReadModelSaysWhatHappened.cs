using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>Every message is delivered and counts once: at rest, lists and sums say what the shop itself says.</summary>
internal sealed class ReadModelSaysWhatHappened(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        Holds(World.Tables.Waiting == 0, $"{World.Tables.Waiting} messages wait in the outbox.");
        foreach (var (sku, (level, _)) in end.Stocks)
        {
            var listed = World.Tables.ListedStocks.GetValueOrDefault($"sku/{sku}");
            Holds(listed == (level.OnHand, level.Reserved), $"{sku} is listed with {listed}, and is {level}.");
        }

        foreach (var order in end.Known)
        {
            var listed = World.Tables.ListedOrders.GetValueOrDefault(order.Id.Value);
            var expected = order.Status switch
            {
                OrderStatus.Confirmed => "confirmed",
                OrderStatus.Cancelled => "cancelled",
                OrderStatus.Failed => "failed",
                _ => "pending",
            };
            Holds(string.Equals(listed, expected, StringComparison.Ordinal), $"{order.Id} is listed as {listed}, and is {order.Status}.");
            if (order.Status is OrderStatus.Confirmed)
            {
                var refunded = World.Tables.ListedRefunds.GetValueOrDefault(order.Id.Value);
                Holds(refunded == order.Refunded.Amount, $"{order.Id} is listed with {refunded} refunded, and says {order.Refunded}.");
            }
        }
    }
}
