using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorShop.Runtime.Networking;

namespace ActorShop.Runtime.Live;

/// <content>How connections begin: both ends say who they are before anything else.</content>
internal sealed partial class TcpTransport
{
    private const int Backlog = 512;

    private int _handshakes;

    private void Listen(IPEndPoint? endpoint, bool forClients)
    {
        if (endpoint is null)
        {
            return;
        }

        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endpoint);
            listener.Listen(Backlog);
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            StopListening();
            throw new SocketException(
                (int)failure.SocketErrorCode,
                $"The endpoint {endpoint} for {(forClients ? "clients" : "silos")} cannot be listened on, perhaps because another process does: {failure.Message}.");
        }

        lock (_listeners)
        {
            _listeners.Add(listener);
        }

        _ = Task.Run(() => AcceptAsync(listener, forClients));
    }

    private void StopListening()
    {
        lock (_listeners)
        {
            _listeners.ForEach(static listener => listener.Dispose());
            _listeners.Clear();
        }
    }

    private async Task AcceptAsync(Socket listener, bool forClients)
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(_stopping.Token);
            }
            catch (Exception failure) when (failure is ObjectDisposedException or OperationCanceledException
                or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.InvalidArgument or SocketError.NotSocket })
            {
                return;
            }
            catch (SocketException failure)
            {
                // Out of descriptors, or whoever came has gone again.
                LogAcceptFailed(failure);
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time);
                continue;
            }

            _ = ServeAsync(socket, forClients);
        }
    }

    private async Task ServeAsync(Socket socket, bool forClients)
    {
        TcpSession? session = null;
        Exception? reason = null;
        try
        {
            if (Interlocked.Increment(ref _handshakes) > Options.MaxHandshakes)
            {
                Interlocked.Decrement(ref _handshakes);
                throw new IOException("Too many connections have not said yet who they are.");
            }

            Stream stream;
            TcpConnection? connection;
            try
            {
                (stream, connection) = await ReceiveGreetingAsync(socket, forClients);
            }
            finally
            {
                Interlocked.Decrement(ref _handshakes);
            }

            session = connection.Session;
            session.OnOpened();
            await connection.RunAsync(stream);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            reason = failure;
            if (session is null && !_stopping.IsCancellationRequested)
            {
                LogRefusal(socket, forClients, failure);
            }
        }

        session?.End(reason);
        socket.Dispose();
    }

    private async Task<(Stream Stream, TcpConnection Connection)> ReceiveGreetingAsync(Socket socket, bool forClients)
    {
        using var limit = new CancellationTokenSource(Options.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        socket.NoDelay = true;
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        Preamble preamble;
        try
        {
            if (_tls is not null)
            {
                stream = await _tls.AsServerAsync(stream, either.Token);
            }

            preamble = Preamble.Read(await ReadFieldsAsync(stream, either.Token));
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not say who it is within {Options.HandshakeTimeout}.", late);
        }

        var refusal = RefusalOf(preamble, forClients);
        TcpConnection? connection = null;
        if (refusal is null)
        {
            var peer = _peers.GetOrAdd(preamble.From, static (address, self) => new TcpPeer(self, address), this);
            if (peer.Accept(preamble.Session) is not { } session)
            {
                refusal = $"{preamble.From} is known to be dead";
            }
            else
            {
                connection = session.Add(preamble.Lane, out var isNew);
                refusal = connection is null || !isNew ? "its session has ended, or has that connection already" : null;
            }
        }

        using var answer = new Frame();
        new PreambleAnswer(refusal, _place.ClusterId, Self).Write(answer);
        await stream.WriteAsync(answer.Written, either.Token);
        return refusal is null ? (stream, connection!) : throw new AuthenticationException($"It was refused: {refusal}.");
    }

    private string? RefusalOf(Preamble preamble, bool forClients)
    {
        if (!string.Equals(preamble.ClusterId, _place.ClusterId, StringComparison.Ordinal))
        {
            return $"it belongs to cluster \"{preamble.ClusterId}\", and {Self} to \"{_place.ClusterId}\"";
        }

        if (preamble.From.IsClient != forClients)
        {
            return forClients ? $"this port is for clients, and {preamble.From} is a silo" : $"this port is for silos, and {preamble.From} is a client";
        }

        if (preamble.To.Generation != 0 && !preamble.To.Equals(Self))
        {
            return $"it looks for {preamble.To}, and here is {Self}";
        }

        return preamble.From.Equals(Self) ? $"it claims to be {Self} itself" : null;
    }

    private async Task GreetAsync(Stream stream, Preamble preamble, CancellationToken cancellationToken)
    {
        using (var greeting = new Frame())
        {
            preamble.Write(greeting);
            await stream.WriteAsync(greeting.Written, cancellationToken);
        }

        var answer = PreambleAnswer.Read(await ReadFieldsAsync(stream, cancellationToken));
        if (answer.Refusal is { } refusal)
        {
            throw new AuthenticationException($"{preamble.To} has refused the connection: {refusal}.");
        }

        if (!string.Equals(answer.ClusterId, _place.ClusterId, StringComparison.Ordinal)
            || (preamble.To.Generation != 0 && !preamble.To.Equals(answer.Self)))
        {
            throw new AuthenticationException(
                $"{answer.Self} of cluster \"{answer.ClusterId}\" has answered for {preamble.To} of \"{_place.ClusterId}\".");
        }
    }

    private static async Task<byte[]> ReadFieldsAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = new byte[Preamble.StartLength];
        var count = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (count == 0)
        {
            throw new EndOfStreamException("It said nothing.");
        }

        var fields = new byte[Preamble.ReadStart(start)];
        await stream.ReadExactlyAsync(fields, cancellationToken);
        return fields;
    }
}
