using ActorShop.Payments;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.PaymentSimulator.Acquiring;

/// <summary>The provider: it decides by its book, journals the decision, and answers only when that is durable.</summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class Acquirer
{
    private readonly Lock _gate = new();
    private readonly PaymentBook _book = new();
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private readonly SimulatorOptions _options;
    private Task _written = Task.CompletedTask;

    /// <summary>Restores the book from the journal.</summary>
    public Acquirer(IJournal journal, TimeProvider clock, SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _journal = journal;
        _clock = clock;
        _options = options;
        foreach (var entry in journal.Replay())
        {
            _book.Apply(entry);
        }
    }

    /// <summary>Executes an operation; under a known key it repeats the answer.</summary>
    public async Task<Ruling> ExecuteAsync(ProviderOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        JournalEntry state;
        TokenBehaviour behaviour;
        Task written;
        lock (_gate)
        {
            DecideLate();
            state = Accept(operation);
            behaviour = _book.BehaviourOf(operation.Payment);
            if (behaviour is TokenBehaviour.Twice && state.Matches(operation))
            {
                Append(_book.Repeat(operation.Key, _clock.GetUtcNow()));
            }

            written = _written;
        }

        await written;
        return state.Matches(operation)
            ? new(state.Outcome, state.Code, behaviour is TokenBehaviour.TimesOut && operation.Kind is not ProviderOperationKind.Void)
            : new(JournalOutcome.Declined, "key_reused", AnswerLost: false);
    }

    /// <summary>The ruling on an operation; null if no request arrived under the key.</summary>
    public async Task<Ruling?> FindAsync(string key)
    {
        JournalEntry? state;
        Task written;
        lock (_gate)
        {
            DecideLate();
            state = _book.Find(key);
            written = _written;
        }

        await written;
        return state is null ? null : new(state.Outcome, state.Code, AnswerLost: false);
    }

    /// <summary>The journal after a sequence. Late operations that are due are decided first.</summary>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(long after, int limit)
    {
        Task written;
        lock (_gate)
        {
            DecideLate();
            written = _written;
        }

        await written;
        return _journal.Read(after, limit);
    }

    private JournalEntry Accept(ProviderOperation operation)
    {
        if (_book.Find(operation.Key) is { } known)
        {
            return known;
        }

        if (_book.Count >= _options.MaxOperations)
        {
            throw new InvalidOperationException("The simulator has reached its limit of operations.");
        }

        var entry = _book.Decide(operation, _clock.GetUtcNow(), _options.LateAfter);
        Append(entry);
        return entry;
    }

    private void DecideLate()
    {
        while (_book.DecideLate(_clock.GetUtcNow()) is { } entry)
        {
            Append(entry);
        }
    }

    private void Append(JournalEntry entry)
    {
        _book.Apply(entry);
        _written = _journal.AppendAsync(entry);
    }
}

/// <summary>The provider's answer to an operation.</summary>
/// <param name="Outcome">Done, declined or pending.</param>
/// <param name="Code">The reason of a decline.</param>
/// <param name="AnswerLost">Whether the answer must not arrive in time.</param>
public sealed record Ruling(JournalOutcome Outcome, string? Code, bool AnswerLost)
{
    public ProviderAnswer ToAnswer() => Outcome switch
    {
        JournalOutcome.Done => new ProviderAnswer.Done(),
        JournalOutcome.Declined => new ProviderAnswer.Declined(Code ?? "declined"),
        _ => new ProviderAnswer.Unknown(),
    };
}
