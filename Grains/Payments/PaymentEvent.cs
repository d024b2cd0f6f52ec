namespace ActorShop.Payments;

/// <summary>What happened to a payment. Each event is the outcome of one operation, found again by the operation's key.</summary>
[Alias("payments.payment-event")]
internal abstract record PaymentEvent(string Key, Money Amount, DateTimeOffset At) : IEvent
{
    /// <inheritdoc/>
    public string? Reference => Key;

    /// <summary>The provider holds the money.</summary>
    [Alias("payments.payment-event.authorised")]
    internal sealed record Authorised(string Key, Money Amount, DateTimeOffset At, OrderId Order) : PaymentEvent(Key, Amount, At);

    /// <summary>The money was taken elsewhere.</summary>
    [Alias("payments.payment-event.paid-elsewhere")]
    internal sealed record PaidElsewhere(string Key, Money Amount, DateTimeOffset At, OrderId Order) : PaymentEvent(Key, Amount, At);

    /// <summary>The provider took the money.</summary>
    [Alias("payments.payment-event.captured")]
    internal sealed record Captured(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At);

    /// <summary>Money went back.</summary>
    [Alias("payments.payment-event.refunded")]
    internal sealed record Refunded(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At);

    /// <summary>The hold is given up, and none will come late.</summary>
    [Alias("payments.payment-event.voided")]
    internal sealed record Voided(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At);

    /// <summary>The provider said no.</summary>
    [Alias("payments.payment-event.declined")]
    internal sealed record Declined(
        string Key, Money Amount, DateTimeOffset At, ProviderOperationKind Operation, string Code, OrderId? Order) : PaymentEvent(Key, Amount, At);
}
