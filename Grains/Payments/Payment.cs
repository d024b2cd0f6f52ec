using System.Diagnostics;

namespace ActorShop.Payments;

internal sealed record Payment : IEntity
{
    /// <summary>How many outcomes the state stores; older ones are found in the event table.</summary>
    public const int StoredOperations = 64;

    public OrderId? Order { get; init; }

    public OrderTender Tender { get; init; }

    public PaymentStatus Status { get; init; }

    public string Currency { get; init; } = string.Empty;

    public long Authorised { get; init; }

    public long Captured { get; init; }

    public long Refunded { get; init; }

    public ImmutableArray<PaymentOperation> Operations { get; init; } = [];

    public int Forgotten { get; init; }

    /// <summary>The outcome stored under a key; null if the state has none.</summary>
    public PaymentResult? Recall(string key)
    {
        var found = Operations.FirstOrDefault(operation => string.Equals(operation.Key, key, StringComparison.Ordinal));
        return found switch
        {
            null => null,
            { DeclineCode: { } code } => new PaymentResult.Declined(code),
            _ => new PaymentResult.Done(),
        };
    }

    /// <summary>Why an operation is not sent: the provider could only refuse it. Null if it is sent.</summary>
    public string? Refuse(ProviderOperationKind kind, Money amount) => kind switch
    {
        ProviderOperationKind.Authorise when Status is PaymentStatus.Voided => "voided",
        ProviderOperationKind.Capture when Status is not PaymentStatus.Authorised => "not_authorised",
        ProviderOperationKind.Capture when amount.Amount > Authorised => "amount_too_large",
        ProviderOperationKind.Refund when Captured - Refunded < amount.Amount => "amount_too_large",
        ProviderOperationKind.Void when Captured > 0 && Tender is OrderTender.Card => "already_captured",
        _ => null,
    };

    public Decision<PaymentResult, PaymentEvent> Record(
        ProviderOperation operation, OrderId? order, ProviderAnswer answer, DateTimeOffset now)
    {
        // Another caller with the same key has recorded the answer.
        if (Recall(operation.Key) is { } known)
        {
            return new(known, []);
        }

        PaymentEvent happened = (answer, operation.Kind) switch
        {
            (ProviderAnswer.Declined(var code), _) =>
                new PaymentEvent.Declined(operation.Key, operation.Amount, now, operation.Kind, code, order),
            (_, ProviderOperationKind.Authorise) =>
                new PaymentEvent.Authorised(operation.Key, operation.Amount, now, order ?? throw new UnreachableException()),
            (_, ProviderOperationKind.Capture) => new PaymentEvent.Captured(operation.Key, operation.Amount, now),
            (_, ProviderOperationKind.Refund) => new PaymentEvent.Refunded(operation.Key, operation.Amount, now),
            (_, ProviderOperationKind.Void) => new PaymentEvent.Voided(operation.Key, operation.Amount, now),
            var other => throw new UnreachableException(other.Kind.ToString()),
        };
        return new(happened.Result, [happened]);
    }

    public Decision<PaymentResult, PaymentEvent> RecordExternal(string key, OrderId order, Money amount, DateTimeOffset now) =>
        Recall(key) is { } known
            ? new(known, [])
            : new(new PaymentResult.Done(), [new PaymentEvent.PaidElsewhere(key, amount, now, order)]);

    public PaymentView? View(PaymentId id, long version) => Operations.IsEmpty ? null : new(
        id,
        Order ?? new OrderId(OrderId.Prefix + id.Value[PaymentId.Prefix.Length..]),
        Tender,
        Status,
        new(Authorised, Currency),
        new(Captured, Currency),
        new(Refunded, Currency),
        [.. Operations.Select(static operation => new PaymentOperationView(
            operation.Key, operation.Kind, operation.Amount, operation.DeclineCode is null ? "done" : "declined", operation.DeclineCode,
            operation.At))],
        version);

    internal Payment Store(PaymentEvent happened)
    {
        var operations = Operations.Add(new(
            happened.Key, happened.Name, happened.Amount, (happened.Result as PaymentResult.Declined)?.Code, happened.At));
        var dropped = operations.Length > StoredOperations ? 1 : 0;
        return this with { Currency = happened.Amount.Currency, Operations = operations.RemoveRange(0, dropped), Forgotten = Forgotten + dropped };
    }
}
