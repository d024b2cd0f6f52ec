using ActorShop.Payments;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.PaymentSimulator.Acquiring;

/// <summary>The provider: decides by its book, journals, and answers only what is durable.</summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class Acquirer
{
    private readonly Lock _gate = new();
    private readonly PaymentBook _book = new();
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private readonly SimulatorOptions _options;
    private Task _written = Task.CompletedTask;

    /// <summary>Reads the journal, and goes on where it ended.</summary>
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

    /// <summary>Takes an operation in; under a key that is known it repeats the answer.</summary>
    /// <returns>What it came to, and how the answer travels.</returns>
    public async Task<Ruling> ExecuteAsync(ProviderOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        JournalEntry state;
        TokenBehaviour behaviour;
        Task written;
        lock (_gate)
        {
            DecideLate();
            state = TakeIn(operation);
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

    /// <summary>What an operation came to; null where nothing arrived under the key.</summary>
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

    /// <summary>The journal after a sequence: late operations whose time has come are decided first.</summary>
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

    private JournalEntry TakeIn(ProviderOperation operation)
    {
        if (_book.Find(operation.Key) is { } known)
        {
            return known;
        }

        if (_book.Count >= _options.MaxOperations)
        {
            throw new InvalidOperationException("The simulator has taken as many operations as it may keep.");
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

/// <summary>What the provider came to.</summary>
/// <param name="Outcome">Done, declined or pending.</param>
/// <param name="Code">The provider's word, where it declined.</param>
/// <param name="AnswerLost">Whether the answer is not to arrive in time.</param>
public sealed record Ruling(JournalOutcome Outcome, string? Code, bool AnswerLost)
{
    /// <summary>The ruling in the words of the port.</summary>
    public ProviderAnswer ToAnswer() => Outcome switch
    {
        JournalOutcome.Done => new ProviderAnswer.Done(),
        JournalOutcome.Declined => new ProviderAnswer.Declined(Code ?? "declined"),
        _ => new ProviderAnswer.Unknown(),
    };
}
