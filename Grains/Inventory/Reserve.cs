using System.Text.Json.Serialization;

namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    /// <summary>How long after it was made a reservation may be checked: longer than a checkout takes to settle.</summary>
    public static readonly TimeSpan CheckAfter = TimeSpan.FromSeconds(30);

    // A late repeat, after the order has settled, makes a reservation that ends when the order is asked.
    public Decision<ReserveResult, StockEvent> Reserve(OrderId order, int quantity, DateTimeOffset now) =>
        NumberOf(order) is { } number ? new(new ReserveResult.Reserved(number), [])
        : Policy is StockPolicy.Untracked ? new(new ReserveResult.Reserved(), [])
        : quantity > Promisable ? new(new ReserveResult.Insufficient(Promisable), [])
        : new(new ReserveResult.Reserved(Version + 1), [new StockEvent.UnitsReserved(order, quantity, now + CheckAfter, 0, OnHand, Reserved + quantity)]);
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.reserved")]
    internal sealed record UnitsReserved(
        OrderId Order, int Quantity, [property: JsonPropertyName("expiresAt")] DateTimeOffset CheckAt, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.Add(Order, new(Quantity, CheckAt, stock.Version));
    }
}

internal sealed partial class StockGrain
{
    public Task<ReserveResult> ReserveAsync(OrderId order, int quantity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, Stock.MaxUnits);
        return CommitAsync(Head.Reserve(order, quantity, Now));
    }
}
