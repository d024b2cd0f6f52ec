using System.Text.Json;

namespace ActorShop.Payments;

/// <summary>The outcome of one operation of a payment, found by the operation's key.</summary>
[Alias("payments.payment-event")]
internal abstract record PaymentEvent(string Key, Money Amount, DateTimeOffset At) : EntityEvent<Payment>, IEvent
{
    public string? Reference => Key;

    public virtual PaymentResult Result => new PaymentResult.Done();

    public abstract string Name { get; }

    public sealed override Payment ApplyTo(Payment payment) => Change(payment.Store(this));

    /// <summary>The payment after the event; the operation is stored already.</summary>
    protected abstract Payment Change(Payment payment);

    [Alias("payments.payment-event.authorised")]
    internal sealed record Authorised(string Key, Money Amount, DateTimeOffset At, OrderId Order) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "authorise";

        protected override Payment Change(Payment payment) => payment with
        {
            Order = Order,
            Authorised = Amount.Amount,

            // A void in between stands: the provider got it after the hold, or it would have refused the hold.
            Status = payment.Status is PaymentStatus.Voided ? PaymentStatus.Voided : PaymentStatus.Authorised,
        };
    }

    [Alias("payments.payment-event.paid-elsewhere")]
    internal sealed record PaidElsewhere(string Key, Money Amount, DateTimeOffset At, OrderId Order) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "record_external";

        protected override Payment Change(Payment payment) => payment with
        {
            Order = Order,
            Tender = OrderTender.External,
            Authorised = Amount.Amount,
            Captured = Amount.Amount,
            Status = PaymentStatus.Captured,
        };
    }

    [Alias("payments.payment-event.captured")]
    internal sealed record Captured(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "capture";

        protected override Payment Change(Payment payment) => payment with { Captured = Amount.Amount, Status = PaymentStatus.Captured };
    }

    [Alias("payments.payment-event.refunded")]
    internal sealed record Refunded(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "refund";

        protected override Payment Change(Payment payment) => payment with
        {
            Refunded = payment.Refunded + Amount.Amount,
            Status = payment.Refunded + Amount.Amount < payment.Captured ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded,
        };
    }

    /// <summary>The hold is void, and a late one is refused.</summary>
    [Alias("payments.payment-event.voided")]
    internal sealed record Voided(string Key, Money Amount, DateTimeOffset At) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => "void";

        protected override Payment Change(Payment payment) => payment with { Captured = 0, Status = PaymentStatus.Voided };
    }

    [Alias("payments.payment-event.declined")]
    internal sealed record Declined(
        string Key, Money Amount, DateTimeOffset At, ProviderOperationKind Operation, string Code, OrderId? Order) : PaymentEvent(Key, Amount, At)
    {
        public override string Name => JsonNamingPolicy.SnakeCaseLower.ConvertName(Operation.ToString());

        public override PaymentResult Result => new PaymentResult.Declined(Code);

        protected override Payment Change(Payment payment) => Operation is not ProviderOperationKind.Authorise ? payment : payment with
        {
            Order = Order,
            Status = payment.Status is PaymentStatus.Voided ? PaymentStatus.Voided : PaymentStatus.Declined,
        };
    }
}
