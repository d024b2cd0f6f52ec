namespace ActorShop.Orders;

/// <summary>What an operation asks of the payment, under a key that is the same at every attempt.</summary>
internal abstract record PaymentCall(string Key)
{
    internal sealed record Capture(string Key, Money Amount) : PaymentCall(Key);

    internal sealed record Refund(string Key, Money Amount) : PaymentCall(Key);

    internal sealed record Void(string Key) : PaymentCall(Key);
}
