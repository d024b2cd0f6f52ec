using System.Reflection;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Reporting;
using ActorShop.Testing.Invariants;

namespace ActorShop.Simulation.Shop;

/// <summary>The read model: orders by status, refunds, and stock levels.</summary>
public sealed class MemoryReadModel(MemoryShopStore store)
{
    private readonly Dictionary<string, string> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _refunds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long OnHand, long Reserved)> _stocks = new(StringComparer.Ordinal);

    public ListedBooks Listed => new(_orders, _refunds, _stocks);

    internal IReadModels Through(Wire wire)
    {
        var link = DispatchProxy.Create<IReadModels, Link>();
        ((Link)(object)link).Project = limit => wire.AskAsync(() => Project(limit));
        return link;
    }

    // A message leaves the outbox in the transaction that has its effect.
    private int Project(int limit)
    {
        var messages = store.TakeFromOutbox(limit);
        foreach (var message in messages)
        {
            var row = store.EventsIn(message.Stream)[(int)message.Sequence - 1];
            Apply(StoredEvent.Read(message.Stream, message.Sequence, row.Data));
        }

        return messages.Length;
    }

    private void Apply(StoredEvent? stored)
    {
        switch (stored?.Data)
        {
            case StockEvent stock:
                _stocks[stored.Sku] = (stock.OnHand, stock.Reserved);
                break;
            case OrderEvent.Placed:
                _orders[stored.Stream] = "pending";
                break;
            case OrderEvent.Failed or OrderEvent.Confirmed or OrderEvent.Cancelled:
                _orders[stored.Stream] = ShopJson.NameOf(stored.Data.GetType());
                break;
            case OrderEvent.Refunded refunded:
                _refunds[stored.Stream] = _refunds.GetValueOrDefault(stored.Stream) + refunded.Refund.Refunded.Amount;
                break;
        }
    }

    public class Link : DispatchProxy
    {
        public Func<int, Task<int>> Project { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name is nameof(IReadModels.ProjectAsync)
            ? Project((int)args![1]!)
            : throw new NotSupportedException("The simulation asks no questions of operators: the checks read the store.");
    }
}
