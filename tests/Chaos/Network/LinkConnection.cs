using System.Net;
using System.Net.Sockets;

namespace ActorShop.Chaos.Network;

/// <summary>One connection that a link passes on: two sockets and a pump in each direction.</summary>
internal sealed class LinkConnection(Socket caller) : IDisposable
{
    private readonly Socket _listener = new(caller.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _port = ((IPEndPoint)caller.RemoteEndPoint!).Port;
    private (int Process, bool IsIts)? _owner;
    private int _isOver;

    /// <summary>Passes bytes until both sides have said everything, or one of them is gone.</summary>
    public async Task RunAsync(FaultProxy link, IPEndPoint target, int bufferSize)
    {
        try
        {
            caller.NoDelay = _listener.NoDelay = true;
            await _listener.ConnectAsync(target, _ended.Token);
            await Task.WhenAll(
                PumpAsync(link, caller, _listener, toListener: true, bufferSize), PumpAsync(link, _listener, caller, toListener: false, bufferSize));
            End(isReset: false);
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side sees a reset too.
            End(isReset: true);
        }
    }

    /// <summary>Whether a process opened it.</summary>
    public bool IsOf(int process)
    {
        if (_owner is not { } owner || owner.Process != process)
        {
            _owner = owner = (process, ProcessSockets.Has(process, _port));
        }

        return owner.IsIts;
    }

    public void Reset() => End(isReset: true);

    /// <summary>The same: there is no gentle end of a connection that others still use.</summary>
    public void Dispose()
    {
        Reset();
        _ended.Dispose();
    }

    private async Task PumpAsync(FaultProxy link, Socket from, Socket to, bool toListener, int bufferSize)
    {
        var buffer = new byte[bufferSize];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer, SocketFlags.None, _ended.Token);
                await link.PassAsync(this, toListener, _ended.Token);
                if (count == 0)
                {
                    // One side has said everything; the other may go on.
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _ended.Token);
                }
            }
        }
        catch
        {
            // Ends the other pump too.
            End(isReset: true);
            throw;
        }
    }

    private void End(bool isReset)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
        {
            return;
        }

        if (isReset)
        {
            TryReset(caller);
            TryReset(_listener);
        }

        _ended.Cancel();
        caller.Dispose();
        _listener.Dispose();
    }

    // Closing a socket that does not linger sends a reset instead of a farewell.
    private static void TryReset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It is closed already, or was never connected.
        }
    }
}
