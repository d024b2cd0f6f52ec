using ActorShop.Testing.Certificates;

namespace ActorShop.Runtime.Networking;

/// <summary>Goal: with certificates configured, only those whom the cluster's authority has signed get in.</summary>
public sealed class TcpTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("tls");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CertificatesOfOneAuthority_Connect()
    {
        var authority = Authority("one");
        await using var left = await TcpEnd.SiloAsync(options: Certified(authority, "left"));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: Certified(authority, "right"));

        left.Send(right.Self, [1]);
        right.Send(left.Self, new byte[300_000]);

        (await right.FrameAsync()).Frame.ShouldBe([1]);
        (await left.FrameAsync()).Frame.Length.ShouldBe(300_000);
    }

    [Fact]
    public async Task CertificateOfAnotherAuthority_IsRefused_AndBothSidesAreTold()
    {
        await using var left = await TcpEnd.SiloAsync(options: Certified(Authority("one"), "left"));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: Certified(Authority("two"), "right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason.ShouldNotBeNull();
        (await right.Log.NextAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task CertificateThatHasExpired_IsRefused()
    {
        var authority = Authority("one");
        await using var left = await TcpEnd.SiloAsync(options: Certified(authority, "left", isExpired: true));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: Certified(authority, "right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason.ShouldNotBeNull();
    }

    [Fact]
    public async Task CertificateForAnotherName_IsRefused()
    {
        var authority = Authority("one");
        await using var left = await TcpEnd.SiloAsync(options: Certified(authority, "left", siloName: "elsewhere"));
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: Certified(authority, "right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason!.Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task PlainConnection_ToAPortWithTls_IsRefused()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2, options: Certified(Authority("one"), "right"));

        left.Send(right.Self, [1]);

        (await left.LostAsync()).Reason.ShouldNotBeNull();
        (await right.Log.NextAsync()).ShouldContain("silo port");
    }

    [Fact]
    public async Task MissingFile_FailsTheStartByName()
    {
        var options = Certified(Authority("one"), "left");
        options.Tls.KeyPath += ".gone";

        await Should.ThrowAsync<OrleansConfigurationException>(() => TcpEnd.SiloAsync(options: options));
        options.Tls.KeyPath = null;
        await Should.ThrowAsync<OrleansConfigurationException>(() => TcpEnd.SiloAsync(options: options));
    }

    private static NetworkOptions Certified(TestAuthority authority, string name, bool isExpired = false, string? siloName = null)
    {
        var files = authority.Sign(name, isExpired);
        return new NetworkOptions
        {
            Tls = { CertificatePath = files.Certificate, KeyPath = files.Key, AuthorityPath = files.Authority, SiloName = siloName },
        };
    }

    private TestAuthority Authority(string name) => new(_folder.FullName, name);
}
