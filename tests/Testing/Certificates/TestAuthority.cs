using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorShop.Testing.Certificates;

/// <summary>Signs certificates of processes on this machine, as files in a folder.</summary>
public sealed class TestAuthority
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly string _folder;
    private readonly string _name;
    private readonly string _path;
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        (_folder, _name) = (folder, name);
        _path = Write("authority.crt", _certificate.ExportCertificatePem());
    }

    /// <summary>A certificate of this authority for the loopback address, good for servers and clients.</summary>
    /// <param name="name">Whose it is; it may be signed anew, and then replaces the one before.</param>
    public SignedFiles Sign(string name, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(ServerUse), new(ClientUse)], critical: false));
        using var certificate = request.Create(_certificate, Now.AddDays(-9), Now.AddDays(isExpired ? -1 : 9), RandomNumberGenerator.GetBytes(8));
        return new(Write($"{name}.crt", certificate.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), _path);
    }

    private string Write(string name, string pem)
    {
        var path = Path.Combine(_folder, $"{_name}.{name}");
        File.WriteAllText(path, pem);
        return path;
    }
}

/// <summary>Where a process finds its certificate, its key, and the authority that it trusts.</summary>
public sealed record SignedFiles(string Certificate, string Key, string Authority);
