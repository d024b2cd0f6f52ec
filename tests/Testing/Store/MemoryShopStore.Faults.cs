namespace ActorShop.Testing;

/// <content>The store is a way to itself, on which a test fails and holds single writes.</content>
public sealed partial class MemoryShopStore : IStoreWire
{
    private readonly List<(Func<string, string, bool> Applies, WriteFault Fault)> _faults = [];
    private TaskCompletionSource? _gate;
    private TaskCompletionSource? _arrival;

    public async Task<T> AskAsync<T>(Func<T> serve, PendingWrite? write = null)
    {
        ArgumentNullException.ThrowIfNull(serve);

        await Task.Yield();
        if (write is null)
        {
            return serve();
        }

        await PassGateAsync();
        var fault = TakeFault(write);
        if (fault is WriteFault.BeforeCommit)
        {
            throw new IOException("The store failed, and nothing was written.");
        }

        var answer = serve();
        return fault is null ? answer : throw new IOException("The store failed. Whether it wrote is unknown.");
    }

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

    /// <summary>How many writes are held now.</summary>
    public int Held { get; private set; }

    /// <summary>Lets the held writes pass, and holds those that follow.</summary>
    /// <returns>Completes when the first of those has arrived.</returns>
    public Task ReleaseAndHoldWrites()
    {
        lock (_lock)
        {
            ReleaseWrites();
            return HoldWrites();
        }
    }

    public void ReleaseWrites()
    {
        lock (_lock)
        {
            _gate?.SetResult();
            _gate = _arrival = null;
            Held = 0;
        }
    }

    private Task PassGateAsync()
    {
        lock (_lock)
        {
            _arrival?.TrySetResult();
            Held += _gate is null ? 0 : 1;
            return _gate?.Task ?? Task.CompletedTask;
        }
    }

    private WriteFault? TakeFault(PendingWrite write)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(fault => fault.Applies(write.State, write.Key));
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

public enum WriteFault
{
    BeforeCommit,

    /// <summary>All is written, and the writer learns of a failure.</summary>
    AfterCommit,
}
