namespace ActorShop;

/// <summary>
/// The shell of an entity: decides in memory, writes for many callers at once, and acknowledges nothing before it is durable.
/// </summary>
/// <remarks>
/// <para>
/// Derived grains are <c>[Reentrant]</c>: a decision is taken synchronously against <see cref="Head"/>, so nothing can come between
/// reading and deciding, and callers that arrive while a write is under way share the next one. That is what makes a hot grain
/// fast and costs a quiet one nothing. After any other <c>await</c> the head must be read again.
/// </para>
/// <para>
/// A failed write may have landed: every caller in and behind it fails, the activation ends, and the next one reads the truth.
/// Queries read <see cref="Committed"/>, never what is still on its way to the store.
/// </para>
/// </remarks>
internal abstract class EntityGrain<THead, TEvent>(IPersistentState<EntityRecord<THead, TEvent>> stored, TimeProvider clock) : Grain
    where THead : class, IEntity<THead, TEvent>, new()
    where TEvent : class, IEvent
{
    private readonly List<RecordedEvent<TEvent>> _unwritten = [];
    private THead? _head;
    private THead? _committed;
    private long _sequence;
    private long _committedSequence;
    private TaskCompletionSource? _nextWrite;
    private TaskCompletionSource? _currentWrite;
    private Exception? _failure;

    /// <summary>What commands are decided against: everything decided so far, durable or not.</summary>
    protected THead Head => _head ??= stored.State.Head;

    /// <summary>What queries are told: what is durable.</summary>
    protected THead Committed => _committed ??= stored.State.Head;

    /// <summary>The number of durable events: the version of what <see cref="Committed"/> says.</summary>
    protected long CommittedVersion => _committed is null ? stored.State.Sequence : _committedSequence;

    /// <summary>The number of events decided so far, durable or not.</summary>
    protected long HeadVersion => _head is null ? stored.State.Sequence : _sequence;

    protected TimeProvider Clock => clock;

    protected DateTimeOffset Now => clock.GetUtcNow();

    protected string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _head = _committed = stored.State.Head;
        _sequence = _committedSequence = stored.State.Sequence;
        return base.OnActivateAsync(cancellationToken);
    }

    /// <summary>Makes a decision durable and answers with its reply.</summary>
    /// <remarks>
    /// A decision without events waits for the writes under way too: a refusal or a repetition may rest on what is not durable yet.
    /// </remarks>
    protected async Task<TReply> CommitAsync<TReply>(Decision<TReply, TEvent> decision)
    {
        await CommitAsync(decision.Events);
        return decision.Reply;
    }

    /// <summary>Applies events and completes when they, and everything decided before them, are durable.</summary>
    protected Task CommitAsync(ImmutableArray<TEvent> events)
    {
        if (_failure is not null)
        {
            return Task.FromException(_failure);
        }

        if (events.IsEmpty)
        {
            return (_nextWrite ?? _currentWrite)?.Task ?? Task.CompletedTask;
        }

        // All or nothing: an event that cannot be applied leaves no trace of those before it.
        var now = Now;
        var head = events.Aggregate(Head, static (head, happened) => head.Apply(happened));
        foreach (var happened in events)
        {
            _unwritten.Add(new(++_sequence, now, ShopJson.NameOf(happened.GetType()), happened.Reference, happened));
        }

        _head = head;
        _nextWrite ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = _nextWrite.Task;
        if (_currentWrite is null)
        {
            _ = WriteAsync();
        }

        return written;
    }

    /// <summary>Deactivates if there is no due work: the state in memory is stale.</summary>
    /// <remarks>
    /// A write with an unknown outcome may have landed after this activation had read. The index of due work is part of that write, so it
    /// is newer than the head. The next activation reads both.
    /// </remarks>
    protected bool DeactivatesUnlessDue()
    {
        if (Head.Due is not null)
        {
            return false;
        }

        DeactivateOnIdle();
        return true;
    }

    // One write at a time; each takes all that was decided by its beginning.
    private async Task WriteAsync()
    {
        while (_nextWrite is not null)
        {
            _currentWrite = _nextWrite;

            // Commands that already wait behind this turn are decided first and join the write.
            await Task.Yield();
            _nextWrite = null;
            var head = Head;
            var sequence = _sequence;
            try
            {
                stored.State = Pack(head, sequence, [.. _unwritten]);
                _unwritten.Clear();
                await stored.WriteStateAsync();
            }
            catch (Exception failure)
            {
                // Only the store knows whether the write landed, so this activation forgets.
                Fail(failure);
                return;
            }

            _committed = head;
            _committedSequence = sequence;
            var written = _currentWrite;
            _currentWrite = null;
            written.SetResult();
        }
    }

    private void Fail(Exception failure)
    {
        _failure = failure;
        DeactivateOnIdle();
        _currentWrite?.TrySetException(failure);
        _nextWrite?.TrySetException(failure);
    }

    private static EntityRecord<THead, TEvent> Pack(THead head, long sequence, ImmutableArray<RecordedEvent<TEvent>> events) => new()
    {
        Head = head,
        Sequence = sequence,
        Events = events,
        Outbox = [.. events.SelectMany(static e => e.Data.Topics, static (e, topic) => new Delivery(e.Sequence, topic))],
        Postings = [.. events.SelectMany(
            static e => e.Data.Postings,
            static (e, posting) => new Posting(e.Sequence, posting.Account, posting.Amount.Amount, posting.Amount.Currency))],
        Due = head.Due,
        Label = head.Label,
    };
}
