using System.ComponentModel.DataAnnotations;

namespace ActorShop.Runtime.Networking;

/// <summary>How processes of a cluster are connected: what Orleans has no option for, or another shape of.</summary>
public sealed class NetworkOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Engine:Network";

    /// <summary>How long it may take to connect, the handshakes included.</summary>
    /// <value>Five seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a new connection may take to say who it is.</summary>
    /// <value>Ten seconds.</value>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections may be at that point at once; more are closed.</summary>
    /// <value>256.</value>
    [Range(1, 100_000)]
    public int MaxHandshakes { get; set; } = 256;

    /// <summary>A connection that has nothing to say says so this often.</summary>
    /// <value>Half a second.</value>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A peer that says nothing at all for so long is lost.</summary>
    /// <value>Three seconds.</value>
    /// <remarks>Shorter frees callers of a hung process sooner; longer rides out pauses.</remarks>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest pause between attempts to connect; the first follows at once.</summary>
    /// <value>Half a second.</value>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many bytes of calls and answers may wait for one peer; more are refused at once.</summary>
    /// <value>256 MB.</value>
    [Range(1_024, long.MaxValue)]
    public long MaxQueuedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Certificates; without them connections are neither encrypted nor authenticated.</summary>
    public NetworkTlsOptions Tls { get; set; } = new();
}

/// <summary>The certificates of a process. All of a cluster, and of its clients, come from one authority.</summary>
public sealed class NetworkTlsOptions
{
    /// <summary>The certificate of this process, PEM; null for none.</summary>
    /// <remarks>For the use of servers and of clients both, since each silo is either.</remarks>
    public string? CertificatePath { get; set; }

    /// <summary>Its private key, PEM.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The certificate of the authority, PEM. A peer's certificate that it has not signed is refused.</summary>
    public string? AuthorityPath { get; set; }

    /// <summary>The name that the certificates of silos are for.</summary>
    /// <value>None: the address that is connected to.</value>
    public string? SiloName { get; set; }
}
