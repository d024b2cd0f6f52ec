using ActorShop.Payments;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.PaymentSimulator.Acquiring;

/// <summary>The provider's rules: which operation is allowed after which, and what each token does. A fold of its journal.</summary>
/// <remarks>No clock, no file. Not thread-safe.</remarks>
public sealed class PaymentBook
{
    private readonly Dictionary<string, JournalEntry> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Account> _payments = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _late = new();

    /// <summary>The number of operations.</summary>
    public int Count => _operations.Count;

    /// <summary>The number of the last entry applied.</summary>
    public long Sequence { get; private set; }

    /// <summary>The state of an operation; null if no request arrived under the key.</summary>
    public JournalEntry? Find(string key) => _operations.GetValueOrDefault(key);

    public TokenBehaviour BehaviourOf(PaymentId payment) =>
        TokenBehaviours.Of(_payments.GetValueOrDefault(payment.Value)?.Token);

    /// <summary>Decides on a new operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="now">The time.</param>
    /// <param name="lateAfter">How long the decision on a late token takes.</param>
    /// <returns>The entry to journal and then apply.</returns>
    public JournalEntry Decide(ProviderOperation operation, DateTimeOffset now, TimeSpan lateAfter)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var account = _payments.GetValueOrDefault(operation.Payment.Value) ?? new Account();
        var code = Refuse(operation, account);
        var behaviour = TokenBehaviours.Of(operation.Token ?? account.Token);
        var late = code is null && behaviour is TokenBehaviour.Late && operation.Kind is not ProviderOperationKind.Void;
        return new(
            Sequence + 1,
            now,
            operation.Key,
            operation.Kind,
            operation.Payment.Value,
            operation.Amount.Amount,
            operation.Amount.Currency,
            operation.Token,
            late ? JournalOutcome.Pending : code is null ? JournalOutcome.Done : JournalOutcome.Declined,
            code,
            late ? now + lateAfter : null);
    }

    /// <summary>The entry for a known operation that was delivered once more, without effect.</summary>
    public JournalEntry Repeat(string key, DateTimeOffset now) =>
        _operations[key] with { Sequence = Sequence + 1, At = now, Outcome = JournalOutcome.Repeated };

    /// <summary>The decision on the late operation that is due longest; null if none is due.</summary>
    public JournalEntry? DecideLate(DateTimeOffset now)
    {
        while (_late.TryPeek(out var key, out var at) && at <= now)
        {
            var operation = _operations[key];
            if (operation.Outcome is not JournalOutcome.Pending)
            {
                _late.Dequeue();
                continue;
            }

            var code = _payments[operation.Payment].Voided ? "voided" : null;
            return operation with
            {
                Sequence = Sequence + 1,
                At = now,
                Outcome = code is null ? JournalOutcome.Done : JournalOutcome.Declined,
                Code = code,
                DecidesAt = null,
            };
        }

        return null;
    }

    /// <summary>Applies an entry: after its decision, and again when the journal is replayed.</summary>
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Sequence = entry.Sequence;
        if (entry.Outcome is JournalOutcome.Repeated)
        {
            return;
        }

        var before = _operations.GetValueOrDefault(entry.Key);
        _operations[entry.Key] = entry;
        if (!_payments.TryGetValue(entry.Payment, out var account))
        {
            _payments[entry.Payment] = account = new();
        }

        if (before is { Outcome: JournalOutcome.Pending })
        {
            account.Move(before.Kind, before.Amount, pending: true, sign: -1);
        }

        switch (entry.Outcome)
        {
            case JournalOutcome.Pending:
                account.Move(entry.Kind, entry.Amount, pending: true, sign: 1);
                account.Token ??= entry.Token;
                _late.Enqueue(entry.Key, entry.DecidesAt ?? entry.At);
                break;
            case JournalOutcome.Done:
                account.Move(entry.Kind, entry.Amount, pending: false, sign: 1);
                account.Token ??= entry.Token;
                account.Currency = entry.Kind is ProviderOperationKind.Authorise ? entry.Currency : account.Currency;
                break;
            case JournalOutcome.Declined:
            case JournalOutcome.Repeated:
            default:
                break;
        }
    }

    private static string? Refuse(ProviderOperation operation, Account account)
    {
        var amount = operation.Amount.Amount;
        return operation.Kind switch
        {
            _ when amount < 0 => "invalid_amount",
            ProviderOperationKind.Authorise when account.Voided => "voided",
            ProviderOperationKind.Authorise when account.Holds.Count > 0 => "already_authorised",
            ProviderOperationKind.Authorise => TokenBehaviours.DeclineCode(operation.Token),
            ProviderOperationKind.Void when account.Captures.Count > 0 => "already_captured",
            ProviderOperationKind.Void => null,
            _ when account.Voided => "voided",
            _ when account.Holds.Done is null => "not_authorised",
            _ when !string.Equals(account.Currency, operation.Amount.Currency, StringComparison.Ordinal) => "currency_mismatch",
            ProviderOperationKind.Capture when account.Captures.Count > 0 => "already_captured",
            ProviderOperationKind.Capture when amount > account.Holds.Done => "amount_too_large",
            ProviderOperationKind.Refund when account.Captures.Done is null => "not_captured",
            ProviderOperationKind.Refund when amount > account.Captures.Done - account.Refunds.Total => "amount_too_large",
            _ => null,
        };
    }

    // The state of a payment. Pending operations count wherever they could still take effect.
    private sealed class Account
    {
        public string? Token { get; set; }

        public string? Currency { get; set; }

        public bool Voided { get; private set; }

        public Sums Holds { get; } = new();

        public Sums Captures { get; } = new();

        public Sums Refunds { get; } = new();

        public void Move(ProviderOperationKind kind, long amount, bool pending, int sign)
        {
            switch (kind)
            {
                case ProviderOperationKind.Authorise:
                    Holds.Add(amount, pending, sign);
                    break;
                case ProviderOperationKind.Capture:
                    Captures.Add(amount, pending, sign);
                    break;
                case ProviderOperationKind.Refund:
                    Refunds.Add(amount, pending, sign);
                    break;
                case ProviderOperationKind.Void:
                default:
                    Voided = true;
                    break;
            }
        }
    }

    private sealed class Sums
    {
        private long _pending;

        public int Count { get; private set; }

        public long? Done { get; private set; }

        public long Total => (Done ?? 0) + _pending;

        public void Add(long amount, bool pending, int sign)
        {
            Count += sign;
            if (pending)
            {
                _pending += sign * amount;
            }
            else
            {
                Done = (Done ?? 0) + amount;
            }
        }
    }
}
