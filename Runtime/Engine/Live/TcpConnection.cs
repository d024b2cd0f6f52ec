using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Serialization;

namespace ActorShop.Runtime.Live;

/// <summary>What became of a frame that was to be sent.</summary>
internal enum Queued
{
    Accepted,
    Full,
    Closed,
}

/// <summary>One connection: a lane of a session. Frames go out in batches, and come in as they are read.</summary>
/// <remarks>
/// A frame is four bytes of length, little-endian, and that many bytes; a length of 0 says only that the peer lives. Frames wait
/// in a list until the loop that sends takes all of it: so many small ones leave in one call of the system.
/// </remarks>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The live half of the network's seam.")]
internal sealed class TcpConnection(TcpSession session, Lane lane) : IThreadPoolWorkItem
{
    private const int HeaderLength = 4;
    private const int BufferLength = 64 * 1024;
    private const int LargeFrame = 16 * 1024;

    private static readonly Action<object?> TakeDelegate = static self => ((TcpConnection)self!).TakeFrames();

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Frame> _waiting = [];
    private List<Frame> _leaving = [];
    private long _waitingBytes;
    private Stream? _stream;
    private bool _sending;
    private bool _beating;
    private bool _closed;
    private bool _finishing;
    private byte[] _received = [];
    private int _start;
    private int _end;
    private long _lastSent;
    private long _lastReceived;

    public Lane Lane => lane;

    public TcpSession Session => session;

    /// <summary>When something was last read, by the transport's clock.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>Whether the handshake is done.</summary>
    public bool IsOpen => Volatile.Read(ref _stream) is not null;

    /// <summary>Takes a frame to be sent, once the connection is open.</summary>
    public Queued Enqueue(Frame frame)
    {
        var length = frame.Written.Length + HeaderLength;
        lock (_lock)
        {
            if (_closed || _finishing)
            {
                return Queued.Closed;
            }

            if (lane == Lane.Calls && _waitingBytes + length > session.Transport.Options.MaxQueuedBytes && _waitingBytes > 0)
            {
                return Queued.Full;
            }

            _waiting.Add(frame);
            _waitingBytes += length;
            if (_sending || _stream is null)
            {
                return Queued.Accepted;
            }

            _sending = true;
        }

        // Behind the turns that are ready, which may have more to send: a batch costs what a frame does.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return Queued.Accepted;
    }

    /// <summary>Begins to send and to receive; completes when the connection is over.</summary>
    public async Task RunAsync(Stream stream)
    {
        lock (_lock)
        {
            if (_closed)
            {
                stream.Dispose();
                return;
            }

            Volatile.Write(ref _stream, stream);
            _lastReceived = _lastSent = session.Transport.Now;
            _sending = _waiting.Count > 0 || _finishing;
        }

        if (_sending)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        await ReceiveAsync(stream);
    }

    /// <summary>Says that this process lives, if nothing else has of late.</summary>
    public void Beat(long notSentSince)
    {
        lock (_lock)
        {
            if (_sending || _closed || _stream is null || _lastSent > notSentSince)
            {
                return;
            }

            _sending = _beating = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Takes no more frames, sends those that wait, says goodbye, and waits until the other side has read it all.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        bool begin;
        lock (_lock)
        {
            _finishing = true;
            if (_closed || _stream is null)
            {
                return;
            }

            begin = !_sending;
            _sending = true;
        }

        if (begin)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        await _over.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends it; what waits is lost.</summary>
    public void Close()
    {
        List<Frame> lost;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            lost = _waiting;
            _waiting = [];
        }

        lost.ForEach(static frame => frame.Dispose());
        _stream?.Dispose();
        _over.TrySetResult();
    }

    /// <summary>Sends what waits, and goes on while more comes.</summary>
    public void Execute() => _ = SendAsync(_stream!);

    private async Task SendAsync(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (TakeWaiting(out var isBeat))
            {
                var used = 0;
                if (isBeat)
                {
                    buffer.AsSpan(0, HeaderLength).Clear();
                    used = HeaderLength;
                }

                long sent = 0;
                for (var index = 0; index < _leaving.Count; index++)
                {
                    var frame = _leaving[index].Written;
                    var isLarge = frame.Length > LargeFrame;
                    if (used + HeaderLength + (isLarge ? 0 : frame.Length) > BufferLength)
                    {
                        await stream.WriteAsync(buffer.AsMemory(0, used));
                        used = 0;
                    }

                    BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(used), frame.Length);
                    used += HeaderLength;
                    if (isLarge)
                    {
                        await stream.WriteAsync(buffer.AsMemory(0, used));
                        used = 0;
                        await stream.WriteAsync(frame);
                    }
                    else
                    {
                        frame.Span.CopyTo(buffer.AsSpan(used));
                        used += frame.Length;
                    }

                    sent += frame.Length + HeaderLength;
                    _leaving[index].Dispose();
                }

                if (used > 0)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, used));
                }

                _leaving.Clear();
                lock (_lock)
                {
                    _waitingBytes -= sent;
                    _lastSent = session.Transport.Now;
                }
            }

            if (Volatile.Read(ref _finishing))
            {
                await FinishStreamAsync(stream);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            session.End(failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task FinishStreamAsync(Stream stream)
    {
        await stream.FlushAsync();
        if (stream is System.Net.Security.SslStream secure)
        {
            await secure.ShutdownAsync();
        }
        else if (stream is System.Net.Sockets.NetworkStream { Socket: var socket })
        {
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }

    }

    private bool TakeWaiting(out bool isBeat)
    {
        lock (_lock)
        {
            isBeat = _beating;
            _beating = false;
            if (_closed || (_waiting.Count == 0 && !isBeat))
            {
                // Nobody sends after the last word.
                _sending = _finishing && !_closed;
                return false;
            }

            (_waiting, _leaving) = (_leaving, _waiting);
            return true;
        }
    }

    private async Task ReceiveAsync(Stream stream)
    {
        _received = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                MakeRoom();
                var count = await stream.ReadAsync(_received.AsMemory(_end));
                if (count == 0)
                {
                    return;
                }

                Volatile.Write(ref _lastReceived, session.Transport.Now);
                _end += count;
                if (_end - _start < HeaderLength)
                {
                    continue;
                }

                // As a task of a scheduler of its own: so that whoever awaited an answer goes on elsewhere, and not here.
                var take = new Task(TakeDelegate, this);
                take.RunSynchronously(ReceiveScheduler.Instance);
                if (take.Exception is { } failure)
                {
                    throw failure.InnerException!;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_received);
        }
    }

    private void TakeFrames()
    {
        while (_end - _start >= HeaderLength)
        {
            var length = LengthAt(_start);
            if (_end - _start - HeaderLength < length)
            {
                break;
            }

            if (length > 0)
            {
                session.Transport.Handler.OnFrame(session.Peer.Address, lane, _received.AsMemory(_start + HeaderLength, length));
            }

            _start += HeaderLength + length;
        }

        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    private int LengthAt(int position)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_received.AsSpan(position));
        if (length > session.Transport.MaxFrame)
        {
            throw new WireException(
                WireFault.LengthExceedsData, $"A frame of {length} bytes was announced, and the longest has {session.Transport.MaxFrame}.");
        }

        return (int)length;
    }

    // Memory follows what has come, never what was announced.
    private void MakeRoom()
    {
        var pending = _end - _start;
        if (pending > 0 && pending >= HeaderLength)
        {
            _ = LengthAt(_start);
        }

        if (pending == _received.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_received.Length * 2);
            _received.AsSpan(_start, pending).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_received);
            _received = larger;
        }
        else if (pending == 0 && _received.Length > BufferLength * 4)
        {
            ArrayPool<byte>.Shared.Return(_received);
            _received = ArrayPool<byte>.Shared.Rent(BufferLength);
        }
        else if (_start > 0 && (_end == _received.Length || pending < BufferLength / 16))
        {
            _received.AsSpan(_start, pending).CopyTo(_received);
        }
        else
        {
            return;
        }

        (_start, _end) = (0, pending);
    }

    /// <summary>Where frames are handled: on the thread that reads; but what that sets going is queued.</summary>
    private sealed class ReceiveScheduler : TaskScheduler
    {
        public static readonly ReceiveScheduler Instance = new();

        protected override void QueueTask(Task task) =>
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Self.TryExecuteTask(work.Task), (Self: this, Task: task), preferLocal: false);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
