using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Live;

/// <summary>What the network has to say. Event ids 1230 to 1239.</summary>
internal sealed partial class TcpTransport
{
    // Anybody can connect, so anybody could fill the log.
    private const int MaxRefusalsLogged = 20;

    private readonly ILogger _logger;
    private long _refusalsSince;
    private int _refusals;

    private void LogRefusal(Socket socket, bool forClients, Exception failure)
    {
        var minute = Now / Math.Max(1, (long)(TimeSpan.FromMinutes(1) / Options.HeartbeatInterval) * 2);
        if (Interlocked.Exchange(ref _refusalsSince, minute) != minute)
        {
            Volatile.Write(ref _refusals, 0);
        }

        var count = Interlocked.Increment(ref _refusals);
        if (count > MaxRefusalsLogged)
        {
            return;
        }

        string from;
        try
        {
            from = socket.RemoteEndPoint?.ToString() ?? "somewhere";
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            from = "somewhere";
        }

        LogRefused(from, forClients ? "gateway" : "silo", (failure.InnerException ?? failure).Message);
        if (count == MaxRefusalsLogged)
        {
            LogRefusedEnough();
        }
    }

    private void LogEnded(TcpSession session, bool wasOpen, Exception? reason)
    {
        var peer = session.Peer.Address;
        var text = (reason?.InnerException ?? reason)?.Message ?? "the other side has closed it";
        if (wasOpen)
        {
            LogLost(peer, text);
        }
        else if (session.Peer.Failures == 1)
        {
            LogNotMade(peer, text);
        }
        else
        {
            LogNotMadeAgain(peer, session.Peer.Failures, text);
        }
    }

    [LoggerMessage(1230, LogLevel.Warning, "A connection from {Remote} to the {Port} port has ended before it began: {Reason}")]
    private partial void LogRefused(string remote, string port, string reason);

    [LoggerMessage(1231, LogLevel.Warning, "No more refused connections are told of this minute")]
    private partial void LogRefusedEnough();

    [LoggerMessage(1232, LogLevel.Information, "Connected with {Peer} (by us: {Dialed})")]
    private partial void LogConnected(SiloAddress peer, bool dialed);

    [LoggerMessage(1233, LogLevel.Warning, "The connection with {Peer} is lost: {Reason}")]
    private partial void LogLost(SiloAddress peer, string reason);

    [LoggerMessage(1234, LogLevel.Warning, "{Peer} cannot be reached: {Reason}")]
    private partial void LogNotMade(SiloAddress peer, string reason);

    [LoggerMessage(1235, LogLevel.Debug, "{Peer} cannot be reached, {Count} times in a row: {Reason}")]
    private partial void LogNotMadeAgain(SiloAddress peer, int count, string reason);

    [LoggerMessage(1236, LogLevel.Warning, "Connections could not be accepted")]
    private partial void LogAcceptFailed(Exception exception);

    [LoggerMessage(1237, LogLevel.Warning, "The network was stopped before all had been sent")]
    private partial void LogStopGivenUp();
}
