using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorShop.Runtime.Networking;
using Orleans.Runtime;

namespace ActorShop.Runtime.Live;

/// <summary>TLS on both ends, each with a certificate of the cluster's authority.</summary>
internal sealed class TcpTls
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly string? _siloName;

    private TcpTls(NetworkTlsOptions options, string certificate, string key, string authority)
    {
        try
        {
            _own = X509Certificate2.CreateFromPemFile(certificate, key);
            _authorities.ImportFromPemFile(authority);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OrleansConfigurationException(
                $"The certificates of {NetworkOptions.Section}:{nameof(NetworkOptions.Tls)} could not be read: {failure.Message}", failure);
        }

        _siloName = options.SiloName;
    }

    /// <summary>Reads the certificates; null where none are configured.</summary>
    /// <exception cref="OrleansConfigurationException">Some are and others are not, or a file cannot be read.</exception>
    public static TcpTls? From(NetworkTlsOptions options) => options switch
    {
        { CertificatePath: null, KeyPath: null, AuthorityPath: null } => null,
        { CertificatePath: { } certificate, KeyPath: { } key, AuthorityPath: { } authority } => new(options, certificate, key, authority),
        _ => throw new OrleansConfigurationException(
            $"{NetworkOptions.Section}:{nameof(NetworkOptions.Tls)} needs all of {nameof(NetworkTlsOptions.CertificatePath)}, "
            + $"{nameof(NetworkTlsOptions.KeyPath)} and {nameof(NetworkTlsOptions.AuthorityPath)}, or none."),
    };

    /// <summary>Greets whoever has connected.</summary>
    public async Task<Stream> AsServerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _own,
                ClientCertificateRequired = true,
                CertificateChainPolicy = Policy(),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            cancellationToken);
        return secure;
    }

    /// <summary>Greets whoever was connected to.</summary>
    public async Task<Stream> AsClientAsync(Stream stream, SiloAddress peer, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = _siloName ?? peer.Endpoint.Address.ToString(),
                ClientCertificates = [_own],
                CertificateChainPolicy = Policy(),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            cancellationToken);
        return secure;
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
