using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>Orders in the states that tests begin from.</summary>
internal static class Sample
{
    public static readonly OrderId Id = new("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly OrdersOptions Options = new();

    public static Money Pounds(long pence) => new(pence, "GBP");

    public static Line Line(string sku, int quantity, long price) => ActorShop.Line.Of(new(sku), $"thing {sku}", quantity, Pounds(price));

    public static PlaceOrder Command(OrderTender tender, params Line[] lines) => new(
        [.. lines], tender, tender is OrderTender.Card ? "tok_ok" : null,
        Cart: null, ExternalId: null, CustomerId: null, Email: null, ShippingAddress: null, Noon);

    public static Order Placed(OrderTender tender, params Line[] lines) => Placed(Command(tender, lines));

    public static Order Placed(PlaceOrder command) => new Order().After(new Order().Place(Id, command, Noon, Options));

    public static Order Confirmed(OrderTender tender, params Line[] lines) => Confirmed(Command(tender, lines));

    public static Order Confirmed(PlaceOrder command)
    {
        var order = Placed(command);
        return order.After(order.Settle(new ProviderAnswer.Done(), Noon, version: 2));
    }

    public static Order Captured(params Line[] lines)
    {
        var order = Confirmed(OrderTender.Card, lines);
        order = order.After(order.RequestCapture("capture", Noon, Options, 5));
        return order.After(order.Complete(order.FindOperation("capture")!, Noon));
    }
}
