namespace ActorShop.Silo.Clustering;

/// <summary>TLS between the silos and APIs of a cluster. Without paths, connections are neither encrypted nor authenticated.</summary>
/// <remarks>
/// Both ends of a connection present a certificate, and both check that the authority signed the other's. Names are not checked: the
/// authority signs for one cluster only. The files are read once, when the process starts.
/// </remarks>
public sealed class ClusterTlsOptions
{
    /// <summary>The PEM file of the certificate of this process, good for servers and clients, with its intermediate certificates.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The PEM file of its private key.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The PEM file of the authorities that sign for the cluster.</summary>
    public string? AuthorityPath { get; set; }

    internal bool IsOn => CertificatePath is { Length: > 0 } || KeyPath is { Length: > 0 } || AuthorityPath is { Length: > 0 };

    /// <summary>The first file that is missing; null if there is none.</summary>
    internal string? Check()
    {
        if (!IsOn)
        {
            return null;
        }

        foreach (var (name, path) in new[] { (nameof(CertificatePath), CertificatePath), (nameof(KeyPath), KeyPath), (nameof(AuthorityPath), AuthorityPath) })
        {
            if (!File.Exists(path))
            {
                return $"{ShopClusterOptions.Section}:Tls:{name} is not a file: '{path}'.";
            }
        }

        return null;
    }
}
