using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorShop.Chaos.Network;

/// <summary>A TCP proxy whose connections can be broken.</summary>
/// <remarks>
/// What waits in a link stays in order and is passed on when it heals, as TCP itself does after a pause of the network; only <see cref="Cut"/>
/// loses bytes, and then both ends are told by a reset. A connection that cannot be passed on is reset. Safe from any thread.
/// </remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int BufferSize = 32 * 1024;

    private readonly IPEndPoint _target;
    private readonly Socket _listener;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<LinkConnection, byte> _connections = new();
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private TaskCompletionSource _changed = NewSignal();
    private int? _held;

    private FaultProxy(Socket listener, IPEndPoint target, TimeProvider clock)
    {
        (_listener, _target, _clock) = (listener, target, clock);
        Address = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address { get; }

    public LinkCondition Condition { get; private set; }

    /// <summary>How long bytes take while it is slow.</summary>
    public TimeSpan Delay { get; private set; }

    public static FaultProxy Start(IPEndPoint at, IPEndPoint target, TimeProvider clock)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen(512);
            return new FaultProxy(listener, target, clock);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Changes what it does, for connections that are there as well.</summary>
    /// <param name="condition">What from now on.</param>
    /// <param name="delay">With <see cref="LinkCondition.Slow"/>, how late bytes are.</param>
    public void Set(LinkCondition condition, TimeSpan delay = default)
    {
        lock (_lock)
        {
            (Condition, Delay) = (condition, delay);
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    /// <summary>Holds back the bytes of connections that a process opened, in both directions; null lets them pass.</summary>
    public void Hold(int? process)
    {
        lock (_lock)
        {
            _held = process;
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    /// <summary>Resets every connection that is there; what was on its way is lost.</summary>
    /// <returns>How many.</returns>
    public int Cut()
    {
        var cut = 0;
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
            cut++;
        }

        return cut;
    }

    /// <summary>Stops listening, and resets what is there.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Set(LinkCondition.Open);
        Cut();
        await _accepting;
        _ended.Dispose();
    }

    /// <summary>Waits until bytes may pass in a direction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="toListener">Whether the bytes go to the target.</param>
    /// <param name="cancellationToken">The end of the connection.</param>
    internal async Task PassAsync(LinkConnection connection, bool toListener, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            LinkCondition condition;
            TimeSpan delay;
            int? held;
            lock (_lock)
            {
                (changed, condition, delay, held) = (_changed.Task, Condition, Delay, _held);
            }

            var holds = condition is LinkCondition.Silent
                || condition == (toListener ? LinkCondition.DeafListener : LinkCondition.DeafCaller)
                || (held is { } process && connection.IsOf(process));
            if (!holds)
            {
                if (condition is LinkCondition.Slow)
                {
                    await Task.Delay(delay, _clock, cancellationToken);
                }

                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            Socket caller;
            try
            {
                caller = await _listener.AcceptAsync(_ended.Token);
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The caller was gone before it was accepted.
                continue;
            }

            _ = ServeAsync(caller);
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        using var connection = new LinkConnection(caller);
        if (Condition is LinkCondition.Refusing || _ended.IsCancellationRequested)
        {
            return;
        }

        _connections[connection] = 0;
        try
        {
            await connection.RunAsync(this, _target, BufferSize);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }
}
