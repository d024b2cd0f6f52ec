namespace ActorShop;

/// <summary>The shell of an entity: it decides in memory, writes for many callers at once, and answers only what is durable.</summary>
/// <remarks>
/// <para>
/// Derived grains are <c>[Reentrant]</c>. A decision is taken synchronously on <see cref="Head"/>, so nothing changes between reading and
/// deciding. Callers that arrive during a write share the next one: a hot grain is fast, and a quiet one pays nothing. After any
/// other <c>await</c> the head must be read again.
/// </para>
/// <para>A failed write may have landed: every caller in and behind it fails, the activation ends, and the next one reads the store.</para>
/// <para>
/// An activation under a new id (<see cref="NewGrain"/>) reads nothing. Until its first write has shown that the id is new, it serves only the call
/// that it was made for: others wait for that write.
/// </para>
/// </remarks>
internal abstract class EntityGrain<THead, TEvent>(IPersistentState<EntityRecord<THead, TEvent>> stored, TimeProvider clock) : Grain, IIncomingGrainCallFilter
    where THead : class, IEntity, new()
    where TEvent : EntityEvent<THead>, IEvent
{
    private readonly List<RecordedEvent<TEvent>> _unwritten = [];
    private TaskCompletionSource? _nextWrite;
    private TaskCompletionSource? _currentWrite;
    private Exception? _failure;
    private IGrainTimer? _timer;
    private bool _isUnread;

    /// <summary>The state that commands decide on: all that was decided, durable or not.</summary>
    protected THead Head { get; private set; } = new();

    /// <summary>The number of the last event in <see cref="Head"/>.</summary>
    protected long HeadVersion { get; private set; }

    /// <summary>The state that queries read: what is durable.</summary>
    protected THead Committed { get; private set; } = new();

    /// <summary>The number of the last event in <see cref="Committed"/>.</summary>
    protected long CommittedVersion { get; private set; }

    protected TimeProvider Clock => clock;

    protected DateTimeOffset Now => clock.GetUtcNow();

    protected string Key => this.GetPrimaryKeyString();

    protected bool IsTimerSet => _timer is not null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Head = Committed = stored.State.Head;
        HeadVersion = CommittedVersion = stored.State.Sequence;
        _isUnread = NewGrain.Is(this.GetGrainId());
        return base.OnActivateAsync(cancellationToken);
    }

    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context) =>
        NewGrain.TakeMark(this.GetGrainId()) || !_isUnread ? context.Invoke() : InvokeOnceWrittenAsync(context);

    /// <summary>Makes a decision durable and answers with its reply.</summary>
    /// <remarks>
    /// A decision without events waits for the writes under way too: a refusal or a repetition may rest on what is not durable yet.
    /// </remarks>
    protected async Task<TReply> CommitAsync<TReply>(Decision<TReply, TEvent> decision)
    {
        await CommitAsync(decision.Events);
        return decision.Reply;
    }

    /// <summary>Makes a decision durable, or in a dry run only answers with its reply.</summary>
    protected Task<TReply> CommitAsync<TReply>(Decision<TReply, TEvent> decision, bool dryRun) =>
        CommitAsync(dryRun ? decision with { Events = [] } : decision);

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
        Head = events.Aggregate(Head, static (head, happened) => happened.ApplyTo(head));
        foreach (var happened in events)
        {
            HeadVersion++;
            if (happened.IsRecorded)
            {
                _unwritten.Add(new(HeadVersion, now, ShopJson.NameOf(happened.GetType()), happened.Reference, happened));
            }
        }

        return WriteNext();
    }

    /// <summary>Completes when a write, with events or without, has shown that no other write changed the stored state.</summary>
    /// <remarks>
    /// An earlier activation's write may land after this one has read. A decision that needs no event, and must not rest on such a state, waits for this.
    /// </remarks>
    protected Task EnsureCurrentAsync() => _failure is null ? WriteNext() : Task.FromException(_failure);

    /// <summary>Lets <see cref="OnTimerAsync"/> be called once, later, and keeps the activation until then. A timer that is set stays.</summary>
    protected void SetTimer(TimeSpan due) => _timer ??= this.RegisterGrainTimer(
        () =>
        {
            _timer!.Dispose();
            _timer = null;
            return OnTimerAsync();
        },
        new() { DueTime = due, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });

    protected virtual Task OnTimerAsync() => Task.CompletedTask;

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

    private async Task InvokeOnceWrittenAsync(IIncomingGrainCallContext context)
    {
        await CommitAsync([]);
        if (_isUnread)
        {
            // The call that this activation was made for never came, or wrote nothing.
            DeactivateOnIdle();
            throw new OrleansException($"{this.GetGrainId()} has not been read. The next activation reads it.");
        }

        await context.Invoke();
    }

    private Task WriteNext()
    {
        _nextWrite ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = _nextWrite.Task;
        if (_currentWrite is null)
        {
            _ = WriteAsync();
        }

        return written;
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
            var (head, version) = (Head, HeadVersion);
            try
            {
                stored.State = Pack(head, version, [.. _unwritten]);
                _unwritten.Clear();
                await stored.WriteStateAsync();
            }
            catch (Exception failure)
            {
                // Only the store knows whether the write landed, so this activation forgets.
                Fail(failure);
                return;
            }

            (Committed, CommittedVersion, _isUnread) = (head, version, false);
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
