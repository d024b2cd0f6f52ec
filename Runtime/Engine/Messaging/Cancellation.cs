using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Scheduling;

namespace ActorShop.Runtime.Messaging;

/// <summary>Carries a caller's cancellation to the callee, who gets a token of its own: tokens do not travel.</summary>
/// <remarks>The caller's await ends at once; the callee learns of it in a turn of its own, if it has started.</remarks>
internal sealed class Cancellation : IDisposable
{
    private readonly CancellationTokenSource _callee = new();
    private readonly Message _message;
    private readonly ITurnSink _sink;
    private readonly bool _cancelOnTimeout;
    private readonly CancellationToken _caller;
    private CancellationTokenRegistration _registration;
    private RequestHost? _host;
    private Action<Message>? _tellCallee;

    public Cancellation(Message message, ITurnSink sink, bool cancelOnTimeout, CancellationToken caller)
    {
        (_message, _caller, _sink, _cancelOnTimeout) = (message, caller, sink, cancelOnTimeout);
        message.Request.SetCancellationToken(_callee.Token);
    }

    /// <summary>For a message from another process, which cancels by <see cref="Cancel"/>.</summary>
    public Cancellation(Message message, ITurnSink sink) => (_message, _sink) = (message, sink);

    /// <summary>The callee's token.</summary>
    public CancellationToken Token => _callee.Token;

    /// <summary>Begins to listen; the message is on its way.</summary>
    public void Listen() => _registration = _caller.UnsafeRegister(static self => ((Cancellation)self!).OnCallerCancelled(), this);

    /// <summary>Stops listening; the message is settled.</summary>
    public void Dispose() => _registration.Unregister();

    /// <summary>The callee is about to start.</summary>
    public void OnStarting(RequestHost host) => Volatile.Write(ref _host, host);

    /// <summary>The message was sent to another process.</summary>
    /// <param name="tellCallee">Sends the cancellation after it.</param>
    public void OnSent(Action<Message> tellCallee) => Volatile.Write(ref _tellCallee, tellCallee);

    /// <summary>The caller, in another process, has cancelled.</summary>
    public void Cancel()
    {
        CancelCallee();
        if (Volatile.Read(ref _host) is null)
        {
            // It waits still, and need not run.
            _message.TryFail(new OperationCanceledException());
        }
    }

    /// <summary>The caller has stopped waiting.</summary>
    public void OnTimeout()
    {
        if (_cancelOnTimeout)
        {
            CancelCallee();
        }
    }

    private void OnCallerCancelled() => _sink.Schedule(new Cancelled(this));

    private void CancelCallee()
    {
        Volatile.Read(ref _host)?.Post(new CancelItem(_callee));
        Volatile.Read(ref _tellCallee)?.Invoke(_message);
    }

    /// <summary>Cancels a callee's token, in its turn.</summary>
    internal sealed class CancelItem(CancellationTokenSource source) : WorkItem
    {
        public void Cancel() => source.Cancel();
    }

    // On the sink, so that the caller's code does not go on within whatever cancelled it.
    private sealed class Cancelled(Cancellation cancellation) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (cancellation._message.TryFail(new OperationCanceledException(cancellation._caller)))
            {
                cancellation.CancelCallee();
            }
        }
    }
}
