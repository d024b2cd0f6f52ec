using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorShop.EndToEnd;

/// <summary>Signs certificates of processes on this machine, as files in a folder.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly string _folder;
    private readonly string _name;
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        (_folder, _name) = (folder, name);
        Write("authority.crt", _certificate.ExportCertificatePem());
    }

    /// <summary>Configuration of a process with a certificate of this authority, as environment variables.</summary>
    public (string Name, string Value)[] Sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=process", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        using var certificate = request.Create(_certificate, Now.AddDays(-9), Now.AddDays(9), RandomNumberGenerator.GetBytes(8));
        return
        [
            ("Engine__Network__Tls__CertificatePath", Write("process.crt", certificate.ExportCertificatePem())),
            ("Engine__Network__Tls__KeyPath", Write("process.key", key.ExportPkcs8PrivateKeyPem())),
            ("Engine__Network__Tls__AuthorityPath", Path.Combine(_folder, $"{_name}.authority.crt")),
        ];
    }

    private string Write(string name, string pem)
    {
        var path = Path.Combine(_folder, $"{_name}.{name}");
        File.WriteAllText(path, pem);
        return path;
    }
}
