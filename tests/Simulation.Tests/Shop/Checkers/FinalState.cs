using System.Collections.Immutable;
using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.Simulation.Shop;

/// <summary>The shop at rest, as it answers whoever asks.</summary>
internal sealed class FinalState
{
    /// <summary>Every order that has a stream, or that a client was told of; null where the shop knows nothing of it.</summary>
    public SortedDictionary<string, OrderView?> Orders { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CartView?> Carts { get; } = new(StringComparer.Ordinal);

    public Dictionary<Sku, (StockLevel Level, ImmutableArray<ReservationView> Reservations)> Stocks { get; } = [];

    /// <summary>What was answered when old checkouts were repeated.</summary>
    public List<(Answer First, Answer? Again, RequestKey Request)> Repeated { get; } = [];

    /// <summary>Orders that the shop knows.</summary>
    public IEnumerable<OrderView> Known => Orders.Values.OfType<OrderView>();

    /// <summary>What the provider's journal says of an order.</summary>
    public static PaidPart PaidOf(World world, OrderId id)
    {
        var payment = Order.PaymentOf(id).Value;
        var done = world.Journal.Entries
            .Where(entry => entry.Outcome is JournalOutcome.Done && string.Equals(entry.Payment, payment, StringComparison.Ordinal))
            .ToArray();
        var isVoided = done.Any(static entry => entry.Kind is ProviderOperationKind.Void);
        var captured = Sum(ProviderOperationKind.Capture);
        var authorised = Sum(ProviderOperationKind.Authorise);
        return new(isVoided || captured > 0 ? 0 : authorised, authorised, captured, Sum(ProviderOperationKind.Refund));

        long Sum(ProviderOperationKind kind) => done.Where(entry => entry.Kind == kind).Sum(static entry => entry.Amount);
    }
}

/// <summary>What the provider holds of an order's money, ever held, took, and gave back.</summary>
internal sealed record PaidPart(long Held, long Authorised, long Captured, long Refunded);
