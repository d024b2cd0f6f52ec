using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

/// <summary>What the checks compare: the receipts of the clients and the books of the shop.</summary>
public sealed record Evidence(IReadOnlyCollection<Receipt> Receipts, Books Books, IReadOnlyList<Repetition> Repeated)
{
    // What is derived is not copied: a copy has other books.
    private Evidence(Evidence other) => (Receipts, Books, Repeated) = (other.Receipts, other.Books, other.Repeated);

    internal ILookup<string, OrderEvent> OrderEvents => field ??= EventsOf<OrderEvent>(Books);

    internal ILookup<string, CartEvent> CartEvents => field ??= EventsOf<CartEvent>(Books);

    internal ILookup<string, (long Sequence, StockEvent Data)> Ledgers => field ??= Books.Events
        .Where(static stored => stored.Data is StockEvent)
        .ToLookup(static stored => stored.Sku, static stored => (stored.Sequence, (StockEvent)stored.Data), StringComparer.Ordinal);

    /// <summary>The effects at the provider, by payment.</summary>
    internal ILookup<string, ProviderEntry> Paid =>
        field ??= Books.Provider.Where(static entry => entry.IsDone).ToLookup(static entry => entry.Payment, StringComparer.Ordinal);

    public IEnumerable<Receipt> Of(CallKind kind) => Receipts.Where(receipt => receipt.Call.Kind == kind);

    private static ILookup<string, TEvent> EventsOf<TEvent>(Books books)
        where TEvent : IEvent => books.Events
        .Where(static stored => stored.Data is TEvent)
        .ToLookup(static stored => stored.Stream, static stored => (TEvent)stored.Data, StringComparer.Ordinal);
}
