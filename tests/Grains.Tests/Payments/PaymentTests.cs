using FsCheck;
using FsCheck.Fluent;

namespace ActorShop.Payments;

public sealed class PaymentTests
{
    private static readonly OrderId Order = new("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
    private static readonly PaymentId Id = new("pay_0192f0c1a2b37c4d8e5f60718293a4b5");
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Outcome_RecordedTwice_CountsOnce()
    {
        var payment = Tell(new Payment(), ProviderOperationKind.Authorise, "a", 100, new ProviderAnswer.Done());

        var again = payment.Record(Operation(ProviderOperationKind.Authorise, "a", 100), Order, new ProviderAnswer.Declined("no"), Noon);

        again.Events.ShouldBeEmpty();
        again.Reply.ShouldBeOfType<PaymentResult.Done>();
    }

    [Fact]
    public void Void_BeforeTheHold_Stands()
    {
        var payment = Tell(new Payment(), ProviderOperationKind.Void, "v", 0, new ProviderAnswer.Done());

        payment.Refuse(ProviderOperationKind.Authorise, new(100, "GBP")).ShouldBe("voided");
        Tell(payment, ProviderOperationKind.Authorise, "a", 100, new ProviderAnswer.Done()).Status.ShouldBe(PaymentStatus.Voided);
    }

    [Fact]
    public void ExternalPayment_IsCaptured_AndCanBeRefunded()
    {
        var payment = new Payment().After(new Payment().RecordExternal("e", Order, new(100, "GBP"), Noon));

        payment.View(Id, 1)!.Captured.ShouldBe(new Money(100, "GBP"));
        payment.Refuse(ProviderOperationKind.Refund, new(101, "GBP")).ShouldBe("amount_too_large");
        Tell(payment, ProviderOperationKind.Refund, "r", 100, new ProviderAnswer.Done()).Status.ShouldBe(PaymentStatus.Refunded);
    }

    [Fact]
    public void Payment_CapturesAtMostTheHold_AndRefundsAtMostTheCapture()
    {
        var asked = from kind in Gen.Elements(
                        ProviderOperationKind.Authorise, ProviderOperationKind.Capture, ProviderOperationKind.Refund, ProviderOperationKind.Void)
                    from amount in Gen.Choose(0, 200)
                    from key in Gen.Choose(0, 20)
                    from isDone in Gen.Elements(true, true, false)
                    select (kind, amount, key, isDone);

        Prop.ForAll(Gen.ListOf(asked).ToArbitrary(), static operations =>
        {
            var payment = new Payment();
            foreach (var (kind, amount, key, isDone) in operations)
            {
                if (payment.Refuse(kind, new(amount, "GBP")) is null
                    && !(kind is ProviderOperationKind.Authorise && payment.Authorised > 0))
                {
                    payment = Tell(
                        payment, kind, $"k{key}", amount, isDone ? new ProviderAnswer.Done() : new ProviderAnswer.Declined("no"));
                }

                if (payment.Captured > payment.Authorised || payment.Refunded > payment.Captured)
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void OldOutcomes_LeaveTheState()
    {
        var payment = Tell(new Payment(), ProviderOperationKind.Authorise, "a", 1_000, new ProviderAnswer.Done());
        payment = Tell(payment, ProviderOperationKind.Capture, "c", 1_000, new ProviderAnswer.Done());
        for (var i = 0; i < 100; i++)
        {
            payment = Tell(payment, ProviderOperationKind.Refund, $"r{i}", 1, new ProviderAnswer.Done());
        }

        payment.Operations.Length.ShouldBe(Payment.StoredOperations);
        payment.Forgotten.ShouldBe(102 - Payment.StoredOperations);
        payment.Refunded.ShouldBe(100);
    }

    private static ProviderOperation Operation(ProviderOperationKind kind, string key, long amount) =>
        new(key, kind, Id, new(amount, "GBP"), Token: null);

    private static Payment Tell(Payment payment, ProviderOperationKind kind, string key, long amount, ProviderAnswer answer) =>
        payment.After(payment.Record(Operation(kind, key, amount), Order, answer, Noon));
}
