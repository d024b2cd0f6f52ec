namespace ActorShop.Testing;

/// <summary>When an injected fault strikes.</summary>
public enum WriteFault
{
    /// <summary>Nothing is written.</summary>
    BeforeCommit,

    /// <summary>All is written, and the writer is told of a failure.</summary>
    AfterCommit,
}

/// <summary>A write that was committed.</summary>
/// <param name="StateName">The state's name, which is the grain type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Events">How many events it added.</param>
public sealed record WrittenRow(string StateName, string Key, int Events);

/// <summary>A message that waits.</summary>
public sealed record OutboxRow(string Stream, long Sequence, string Topic);

/// <summary>A posting with its stream.</summary>
public sealed record PostingRow(string Stream, Posting Posting);

public sealed partial class MemoryShopStore
{
    private readonly List<WrittenRow> _writes = [];
    private readonly List<(Func<string, string, bool> Applies, WriteFault Fault)> _faults = [];
    private TaskCompletionSource? _gate;
    private TaskCompletionSource? _arrival;

    /// <summary>All committed writes, in their order.</summary>
    public ImmutableArray<WrittenRow> Writes
    {
        get
        {
            lock (_lock)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>All messages that wait.</summary>
    public ImmutableArray<OutboxRow> Outbox
    {
        get
        {
            lock (_lock)
            {
                return [.. _outbox];
            }
        }
    }

    /// <summary>All postings of the account book.</summary>
    public ImmutableArray<PostingRow> Postings
    {
        get
        {
            lock (_lock)
            {
                return [.. _postings];
            }
        }
    }

    /// <summary>The events of a stream.</summary>
    public ImmutableArray<EventRow> EventsIn(string stream)
    {
        lock (_lock)
        {
            return [.. EventsOf(stream)];
        }
    }

    /// <summary>When a grain wants to be woken, as the index of due work has it.</summary>
    public DateTimeOffset? DueOf(string stateName, string key)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault((stateName, key))?.Due;
        }
    }

    /// <summary>All grains that want to be woken.</summary>
    public ImmutableArray<DueRow> AllDue()
    {
        lock (_lock)
        {
            return
            [
                .. _rows.Where(static row => row.Value.Due is not null)
                    .Select(static row => new DueRow(row.Key.State, row.Key.Key, row.Value.Due!.Value)),
            ];
        }
    }

    /// <summary>The word a grain left for operators.</summary>
    public string? LabelOf(string stateName, string key)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault((stateName, key))?.Label;
        }
    }

    /// <summary>The stored JSON of a grain: head and sequence.</summary>
    public string? JsonOf(string stateName, string key)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault((stateName, key))?.Json;
        }
    }

    /// <summary>Takes messages of a topic out of the outbox, oldest first: what a projection does.</summary>
    public ImmutableArray<OutboxRow> TakeFromOutbox(string topic, int limit)
    {
        lock (_lock)
        {
            ImmutableArray<OutboxRow> taken =
                [.. _outbox.Where(row => string.Equals(row.Topic, topic, StringComparison.Ordinal)).Take(limit)];
            foreach (var row in taken)
            {
                _outbox.Remove(row);
            }

            return taken;
        }
    }

    /// <summary>Fails the next write of a grain type, once.</summary>
    public void FailNextWrite(WriteFault fault, string stateName) =>
        FailNextWrite(fault, (state, _) => string.Equals(state, stateName, StringComparison.Ordinal));

    /// <summary>Fails the next write that a predicate of state name and key picks, once.</summary>
    public void FailNextWrite(WriteFault fault, Func<string, string, bool> applies)
    {
        lock (_lock)
        {
            _faults.Add((applies, fault));
        }
    }

    /// <summary>Holds all writes until <see cref="ReleaseWrites"/>.</summary>
    /// <returns>Completes when the first held write has arrived.</returns>
    public Task HoldWrites()
    {
        lock (_lock)
        {
            _gate ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            _arrival ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _arrival.Task;
        }
    }

    /// <summary>Lets held writes go on.</summary>
    public void ReleaseWrites()
    {
        lock (_lock)
        {
            _gate?.SetResult();
            _gate = _arrival = null;
        }
    }

    private async Task PassGateAsync()
    {
        Task? gate;
        lock (_lock)
        {
            gate = _gate?.Task;
            _arrival?.TrySetResult();
        }

        if (gate is null)
        {
            await Task.Yield();
            return;
        }

        await gate;
    }

    private WriteFault? TakeFault(string stateName, string key)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(fault => fault.Applies(stateName, key));
            if (index < 0)
            {
                return null;
            }

            var fault = _faults[index].Fault;
            _faults.RemoveAt(index);
            return fault;
        }
    }
}
