namespace ActorShop.Api.Hosting;

internal sealed class Silos(IServiceProvider services)
{
    private readonly IClusterManifestProvider? _manifests = services.GetService<IClusterManifestProvider>();

    /// <summary>Whether no silo hosts the shop's grains. Then no interface has an implementation, and Orleans throws <see cref="ArgumentException"/>.</summary>
    public bool AreAllGone => _manifests is not null && !_manifests.HasGrains();
}
