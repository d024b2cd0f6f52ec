using System.Runtime.CompilerServices;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>A request on its way: who asks whom for what, and the promise of an answer, in one object.</summary>
/// <remarks>
/// Sent once; it belongs to its sender until then, and to the turns of its target afterwards. Only the outcome is contended
/// (answer, time-out, cancellation, rejection): whoever settles it first has settled it.
/// </remarks>
internal abstract class Message : WorkItem
{
    private int _settled;

    /// <summary>The grain that asks; null outside of grains.</summary>
    public IGrainContext? Sender { get; set; }

    /// <summary>The id of the grain that asks, wherever it is; null outside of grains.</summary>
    public virtual GrainId? SenderId => Sender?.GrainId;

    /// <summary>The grain that is asked.</summary>
    public abstract GrainId Target { get; }

    /// <summary>What is asked.</summary>
    public abstract Invokable Request { get; }

    /// <summary>How it wants to be run.</summary>
    public InvokeOptions Options { get; protected init; }

    /// <summary>What it asks of the silo that runs it.</summary>
    public InterfaceDemand Demand { get; set; }

    /// <summary>The values that travel with it, its own copy; null where there are none.</summary>
    public Dictionary<string, object>? Context { get; set; }

    /// <summary>The tick at which its sender stops waiting; never where nobody waits.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>How long its sender waits, for the message of the exception.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>How often it met an activation that had ended.</summary>
    public int Forwards { get; set; }

    /// <summary>Whether running it counts as use of the activation.</summary>
    public virtual bool CountsAsUse => true;

    /// <summary>Whether somebody has settled it, so that there is no use in running it.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Its stripe of the pending calls, and its neighbours there.</summary>
    public PendingCalls.Stripe? Stripe { get; set; }

    public Message? PendingBefore { get; set; }

    public Message? PendingAfter { get; set; }

    /// <summary>Its slot among those of the stripe that were sent to others; negative where it was not.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Its neighbours among the waiting or the running requests of its target.</summary>
    public Message? Before { get; set; }

    public Message? After { get; set; }

    /// <summary>Whom it was sent to; null while it is in this process.</summary>
    public SiloAddress? SentTo { get; set; }

    /// <summary>Its number among the calls of this process that were sent to others; 0 where it was not sent.</summary>
    public long Number { get; set; }

    /// <summary>Carries cancellation to the callee; null where the method takes no token.</summary>
    public Cancellation? Cancellation { get; set; }

    public bool Has(InvokeOptions option) => (Options & option) != InvokeOptions.None;

    /// <summary>Runs the method, in a turn of the target; returns true if it has ended, false if the host will be told.</summary>
    public abstract bool Start(RequestHost host, object target);

    /// <summary>Settles it with a failure; false if it was settled before.</summary>
    public bool TryFail(Exception exception)
    {
        if (!TrySettle())
        {
            return false;
        }

        Fail(exception);
        return true;
    }

    /// <summary>Settles it with the refusal of whoever should have run it; false if it was settled before.</summary>
    public virtual bool TryReject(Rejection rejection) => TryFail(rejection.ToException(this));

    /// <summary>Settles it with an answer that has arrived from another process; false if it was settled before.</summary>
    /// <exception cref="Orleans.Serialization.SerializerException">The value cannot be read. It is not settled.</exception>
    public virtual bool TryAnswer(WireMessages wire, WireKind kind, ReadOnlySpan<byte> answer) =>
        kind == WireKind.Fault ? TryFail(wire.ReadFault(answer)) : TryRead(wire.Codecs, answer);

    /// <summary>Settles it with a value to be read; false if it was settled before.</summary>
    protected virtual bool TryRead(CodecProvider codecs, ReadOnlySpan<byte> value) => throw new System.Diagnostics.UnreachableException();

    /// <summary>Whether the answer goes to somebody outside of grains: then it has to pass the gate.</summary>
    protected virtual bool LeavesSilo => Sender is null;

    protected bool TrySettle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            return false;
        }

        Stripe?.Remove(this);
        Cancellation?.Dispose();
        return true;
    }

    /// <summary>Gives the failure to the sender.</summary>
    protected abstract void Fail(Exception exception);

    public override string ToString() => $"{Request.InterfaceName}.{Request.MethodName} to {Target}";
}

/// <summary>A request whose method runs as a task: the common half of the two kinds.</summary>
internal abstract class TaskMessage<TTask> : Message
    where TTask : Task
{
    public sealed override bool Start(RequestHost host, object target)
    {
        TTask task;
        try
        {
            task = host.IsFiltered(target) ? InvokeFiltered(host, target) : Invoke(target);
        }
        catch (Exception exception)
        {
            host.OnFault(this, exception);
            TryFail(exception);
            return true;
        }

        if (task.IsCompleted)
        {
            Finish(host, task);
            return true;
        }

        // Noted first: the task may end meanwhile, and the continuation run at once.
        host.OnLeftRunning(this);
        _ = task.ContinueWith(
            static (task, state) => ((Running)state!).End(task),
            new Running(this, host),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            host);
        return false;
    }

    protected abstract TTask Invoke(object target);

    protected abstract TTask InvokeFiltered(RequestHost host, object target);

    /// <summary>Gives the outcome of a task that has succeeded to the sender.</summary>
    protected abstract void Succeed(TTask task);

    /// <summary>The outcome of a task that has succeeded, as it is now: the grain may change what it has returned.</summary>
    protected abstract TTask Keep(TTask task);

    private void Finish(RequestHost host, TTask task)
    {
        if (LeavesSilo && host.Outward is { IsOpen: false } gate)
        {
            FinishLater(host, gate, task);
            return;
        }

        if (task.IsCompletedSuccessfully)
        {
            if (TrySettle())
            {
                Succeed(task);
            }

            return;
        }

        var exception = FaultOf(task);
        host.OnFault(this, exception);
        TryFail(exception);
    }

    // The silo's lease is not valid: nobody outside may learn of this before it is again.
    private void FinishLater(RequestHost host, OutwardGate gate, TTask task)
    {
        Exception? exception = null;
        if (task.IsCompletedSuccessfully)
        {
            try
            {
                task = Keep(task);
            }
            catch (Exception failure)
            {
                exception = failure;
            }
        }
        else
        {
            exception = FaultOf(task);
            host.OnFault(this, exception);
        }

        if (!TryLeave(gate, exception, task))
        {
            TryFail(new SiloUnavailableException($"The silo waits for its lease, and too much waits for it: {this} has been run."));
        }
    }

    private bool TryLeave(OutwardGate gate, Exception? exception, TTask task) => gate.TryHold(() =>
    {
        if (!gate.IsOpen)
        {
            TryLeave(gate, exception, task);
        }
        else if (exception is not null)
        {
            TryFail(exception);
        }
        else if (TrySettle())
        {
            Succeed(task);
        }
    });

    // The exception itself, with its stack, rather than the aggregate around it.
    private static Exception FaultOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            return exception;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private sealed class Running(TaskMessage<TTask> message, RequestHost host)
    {
        public void End(Task task)
        {
            message.Finish(host, (TTask)task);
            host.OnEnded(message);
        }
    }
}

/// <summary>A request that is answered with a value.</summary>
/// <typeparam name="TResult">The value.</typeparam>
internal sealed class ResultMessage<TResult> : TaskMessage<Task<TResult>>
{
    private readonly Invokable<TResult> _request;
    private readonly GrainReference _reference;

    // The builder of async methods is a promise without an object of its own: the answer costs the task and nothing else.
    private AsyncTaskMethodBuilder<TResult> _promise;

    public ResultMessage(GrainReference reference, Invokable<TResult> request)
    {
        _reference = reference;
        _request = request;
        Options = request.Options;
        _promise = AsyncTaskMethodBuilder<TResult>.Create();
        _ = _promise.Task;
    }

    public override GrainId Target => _reference.GrainId;

    public override Invokable Request => _request;

    public Task<TResult> Answer => _promise.Task;

    protected override Task<TResult> Keep(Task<TResult> task) => Task.FromResult(_request.CopyResult(task.Result));

    protected override bool TryRead(CodecProvider codecs, ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        var result = codecs.GetCodec<TResult>().ReadValue(ref reader, reader.ReadTag());
        if (!TrySettle())
        {
            return false;
        }

        _promise.SetResult(result);
        return true;
    }

    protected override Task<TResult> Invoke(object target) => _request.InvokeAsync(target);

    protected override async Task<TResult> InvokeFiltered(RequestHost host, object target) =>
        await (host.Filters ?? IncomingFilters.None).InvokeAsync(this, host, target) is TResult result ? result : default!;

    protected override void Succeed(Task<TResult> task)
    {
        TResult result;
        try
        {
            result = _request.CopyResult(task.Result);
        }
        catch (Exception exception)
        {
            _promise.SetException(exception);
            return;
        }

        _promise.SetResult(result);
    }

    protected override void Fail(Exception exception) => _promise.SetException(exception);
}

/// <summary>A request that is answered without a value, or not at all.</summary>
internal class VoidMessage : TaskMessage<Task>
{
    private readonly VoidInvokable _request;
    private AsyncTaskMethodBuilder _promise;

    public VoidMessage(GrainId target, VoidInvokable request)
        : this(target, request, request.Options)
    {
    }

    public VoidMessage(GrainId target, VoidInvokable request, InvokeOptions options)
    {
        Target = target;
        _request = request;
        Options = options;
        _promise = AsyncTaskMethodBuilder.Create();
        _ = _promise.Task;
    }

    public override GrainId Target { get; }

    public override Invokable Request => _request;

    public Task Answer => _promise.Task;

    protected override Task Keep(Task task) => task;

    protected override bool TryRead(CodecProvider codecs, ReadOnlySpan<byte> value)
    {
        if (!TrySettle())
        {
            return false;
        }

        _promise.SetResult();
        return true;
    }

    protected override Task Invoke(object target) => _request.InvokeAsync(target);

    protected override Task InvokeFiltered(RequestHost host, object target) =>
        (host.Filters ?? IncomingFilters.None).InvokeAsync(this, host, target);

    /// <summary>Whether nobody looks at the answer, so that a failure must not be left in it unobserved.</summary>
    protected virtual bool IsUnattended => Has(InvokeOptions.OneWay);

    protected override void Succeed(Task task) => _promise.SetResult();

    protected override void Fail(Exception exception)
    {
        if (!IsUnattended)
        {
            _promise.SetException(exception);
        }
    }
}
