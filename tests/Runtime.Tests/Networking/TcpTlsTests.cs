using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorShop.Runtime.Networking;

/// <summary>Goal: with certificates configured, only those whom the cluster's authority has signed get in.</summary>
public sealed class TcpTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("tls");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CertificatesOfOneAuthority_Connect()
    {
        var authority = new Authority(_folder.FullName, "one");
        await using var left = await TcpEnd.SiloAsync(options: authority.Options("left"));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: authority.Options("right"));

        left.Send(right.Self, [1]);
        right.Send(left.Self, new byte[300_000]);

        (await right.FrameAsync()).Frame.ShouldBe([1]);
        (await left.FrameAsync()).Frame.Length.ShouldBe(300_000);
    }

    [Fact]
    public async Task CertificateOfAnotherAuthority_IsRefused_AndBothSidesAreTold()
    {
        await using var left = await TcpEnd.SiloAsync(options: new Authority(_folder.FullName, "one").Options("left"));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: new Authority(_folder.FullName, "two").Options("right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason.ShouldNotBeNull();
        (await right.Log.NextAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task CertificateThatHasExpired_IsRefused()
    {
        var authority = new Authority(_folder.FullName, "one");
        await using var left = await TcpEnd.SiloAsync(options: authority.Options("left", isExpired: true));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: authority.Options("right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason.ShouldNotBeNull();
    }

    [Fact]
    public async Task CertificateForAnotherName_IsRefused()
    {
        var authority = new Authority(_folder.FullName, "one");
        await using var left = await TcpEnd.SiloAsync(options: authority.Options("left", siloName: "elsewhere"));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: authority.Options("right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason!.Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task PlainConnection_ToAPortWithTls_IsRefused()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: new Authority(_folder.FullName, "one").Options("right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason.ShouldNotBeNull();
        (await right.Log.NextAsync()).ShouldContain("silo port");
    }

    [Fact]
    public async Task MissingFile_FailsTheStartByName()
    {
        var options = new Authority(_folder.FullName, "one").Options("left");
        options.Tls.KeyPath += ".gone";

        await Should.ThrowAsync<OrleansConfigurationException>(() => TcpEnd.SiloAsync(options: options));
        options.Tls.KeyPath = null;
        await Should.ThrowAsync<OrleansConfigurationException>(() => TcpEnd.SiloAsync(options: options));
    }

    private sealed class Authority
    {
        private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

        private readonly string _folder;
        private readonly string _path;
        private readonly X509Certificate2 _certificate;

        public Authority(string folder, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            _certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
            _folder = folder;
            _path = Write($"{name}.ca", _certificate.ExportCertificatePem());
        }

        public NetworkOptions Options(string name, bool isExpired = false, string? siloName = null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
            using var certificate = request.Create(_certificate, Now.AddDays(-9), Now.AddDays(isExpired ? -1 : 9), BitConverter.GetBytes(Environment.TickCount64));
            var prefix = $"{name}.{Path.GetFileName(_path)}";
            return new NetworkOptions
            {
                Tls =
                {
                    CertificatePath = Write($"{prefix}.crt", certificate.ExportCertificatePem()),
                    KeyPath = Write($"{prefix}.key", key.ExportPkcs8PrivateKeyPem()),
                    AuthorityPath = _path,
                    SiloName = siloName,
                },
            };
        }

        private string Write(string name, string pem)
        {
            var path = Path.Combine(_folder, name);
            File.WriteAllText(path, pem);
            return path;
        }
    }
}
