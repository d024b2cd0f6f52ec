namespace ActorShop.Payments;

[Alias("payments.payment-event")]
internal abstract record PaymentEvent(string Key, Money Amount, DateTimeOffset At) : IEvent
{
    public string? Reference => Key;

    public virtual PaymentResult Result => new PaymentResult.Done();

    public abstract string Name { get; }

    /// <summary>The payment after the event; the operation is stored already.</summary>
    public abstract Payment ApplyTo(Payment payment, long amount);

    [Alias("payments.payment-event.authorised")]
    internal sealed record Authorised(string Key, Money Amount, DateTimeOffset At, OrderId Order) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "authorise";

        public override Payment ApplyTo(Payment payment, long amount) => payment with
        {
            Order = Order,
            Authorised = amount,

            // A void in between stands: the provider got it after the hold, or it would have refused the hold.
            Status = payment.Status is PaymentStatus.Voided ? PaymentStatus.Voided : PaymentStatus.Authorised,
        };
    }

    [Alias("payments.payment-event.paid-elsewhere")]
    internal sealed record PaidElsewhere(string Key, Money Amount, DateTimeOffset At, OrderId Order) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "record_external";

        public override Payment ApplyTo(Payment payment, long amount) => payment with
        {
            Order = Order,
            Tender = OrderTender.External,
            Authorised = amount,
            Captured = amount,
            Status = PaymentStatus.Captured,
        };
    }

    [Alias("payments.payment-event.captured")]
    internal sealed record Captured(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "capture";

        public override Payment ApplyTo(Payment payment, long amount) => payment with { Captured = amount, Status = PaymentStatus.Captured };
    }

    [Alias("payments.payment-event.refunded")]
    internal sealed record Refunded(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "refund";

        public override Payment ApplyTo(Payment payment, long amount) => payment with
        {
            Refunded = payment.Refunded + amount,
            Status = payment.Refunded + amount < payment.Captured ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded,
        };
    }

    /// <summary>The hold is void, and a late one is refused.</summary>
    [Alias("payments.payment-event.voided")]
    internal sealed record Voided(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "void";

        public override Payment ApplyTo(Payment payment, long amount) => payment with { Captured = 0, Status = PaymentStatus.Voided };
    }

    [Alias("payments.payment-event.declined")]
    internal sealed record Declined(
        string Key, Money Amount, DateTimeOffset At, ProviderOperationKind Operation, string Code, OrderId? Order) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => Operation switch
        {
            ProviderOperationKind.Authorise => "authorise",
            ProviderOperationKind.Capture => "capture",
            ProviderOperationKind.Refund => "refund",
            _ => "void",
        };

        public override PaymentResult Result => new PaymentResult.Declined(Code);

        public override Payment ApplyTo(Payment payment, long amount) => Operation is not ProviderOperationKind.Authorise ? payment : payment with
        {
            Order = Order,
            Status = payment.Status is PaymentStatus.Voided ? PaymentStatus.Voided : PaymentStatus.Declined,
        };
    }
}
