namespace ActorShop;

/// <summary>Names an order. Unguessable: a guest reaches the order by it.</summary>
/// <param name="Value">The text, <c>ord_</c> and 32 hexadecimal digits of a UUID of version 7.</param>
[GenerateSerializer, Immutable, Alias("orders.order-id")]
public readonly record struct OrderId(string Value) : IIdentifier<OrderId>
{
    /// <summary>What every such id begins with.</summary>
    public const string Prefix = "ord_";

    /// <inheritdoc/>
    public static OrderId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
