using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace ActorShop.Silo.Clustering;

internal static class ClusterTls
{
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo, ClusterTlsOptions tls) =>
        tls.IsOn ? silo.UseTls(options => Configure(options, tls)) : silo;

    public static IClientBuilder UseClusterTls(this IClientBuilder client, ClusterTlsOptions tls) =>
        tls.IsOn ? client.UseTls(options => Configure(options, tls)) : client;

    private static void Configure(TlsOptions options, ClusterTlsOptions tls)
    {
        var (own, authorities) = Load(tls);
        options.LocalCertificate = own;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, sent, _) => IsOfTheCluster(certificate, sent, authorities);

        // Only a name for the TLS greeting: the connection goes to an address.
        options.OnAuthenticateAsClient = static (_, client) => client.TargetHost = "actorshop";
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Authorities) Load(ClusterTlsOptions tls)
    {
        try
        {
            // Windows can use only keys from a PKCS 12.
            using var pem = X509Certificate2.CreateFromPemFile(tls.CertificatePath!, tls.KeyPath);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(tls.AuthorityPath!);
            return (X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null), authorities);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OrleansConfigurationException($"{ShopClusterOptions.Section}:Tls: {fault.Message}", fault);
        }
    }

    private static bool IsOfTheCluster(X509Certificate2? certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }
}
