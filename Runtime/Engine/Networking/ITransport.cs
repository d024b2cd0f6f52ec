using Orleans.Runtime;

namespace ActorShop.Runtime.Networking;

/// <summary>Which queue a frame takes.</summary>
internal enum Lane : byte
{
    /// <summary>Calls and answers: bounded, shed at the limit.</summary>
    Calls = 0,

    /// <summary>Membership, leases, directory: never shed, never behind calls.</summary>
    System = 1,
}

/// <summary>Carries frames between silos, and between silos and clients: the seam of the network.</summary>
/// <remarks>
/// <para>At most once: a frame arrives whole or not at all, and nothing is sent twice. In order within a lane while a connection
/// lives. Connections are made at the first frame and again after a loss, by the transport alone.</para>
/// <para>Safe from any thread. Nothing here waits for the network.</para>
/// </remarks>
internal interface ITransport
{
    /// <summary>Who this process is to the others.</summary>
    SiloAddress Self { get; }

    /// <summary>Begins to listen (a silo) and to take frames.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    Task StartAsync(ITransportHandler handler, CancellationToken cancellationToken);

    /// <summary>Queues a frame for a peer; false where its lane is full, or where it is a client that is not connected.</summary>
    /// <param name="peer">A silo, or a client that has connected to this silo.</param>
    /// <param name="lane">Which queue.</param>
    /// <param name="frame">The transport's from here on, also where false is returned.</param>
    bool TrySend(SiloAddress peer, Lane lane, Frame frame);

    /// <summary>Ends the connection to a peer and refuses new ones of the same life: it is known to be dead.</summary>
    void Forget(SiloAddress peer);

    /// <summary>Sends what is queued, as far as that is possible before the token is cancelled, and closes.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}

/// <summary>Takes what a transport delivers. Called from any thread; quick, and never throws.</summary>
internal interface ITransportHandler
{
    /// <summary>A frame has arrived. Its memory is the receiver's until the method returns.</summary>
    void OnFrame(SiloAddress from, Lane lane, ReadOnlyMemory<byte> frame);

    /// <summary>A peer is there: the handshake is done.</summary>
    void OnConnected(SiloAddress peer);

    /// <summary>A connection is lost or could not be made. What was sent may have arrived or not.</summary>
    void OnDisconnected(SiloAddress peer, Exception? reason);
}
