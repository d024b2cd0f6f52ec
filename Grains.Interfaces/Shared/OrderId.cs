namespace ActorShop;

/// <summary>The id of an order. Unguessable, because it gives access to the order.</summary>
/// <param name="Value">The text, <c>ord_</c> and 32 hexadecimal digits of a UUID of version 7.</param>
[GenerateSerializer, Immutable, Alias("orders.order-id")]
public readonly record struct OrderId(string Value) : IIdentifier<OrderId>
{
    public const string Prefix = "ord_";

    public static OrderId From(string value) => new(value);

    public override string ToString() => Value;
}
