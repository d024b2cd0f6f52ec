namespace ActorShop;

/// <summary>Asks the manifest of a cluster, which lists the grain types of each silo.</summary>
public static class ClusterManifests
{
    // Any grain of the shop will do: a silo hosts all of them or, as an API, none.
    private static readonly GrainType Sample = GrainType.Create("stock");

    /// <summary>Whether a silo of the cluster hosts the shop's grains.</summary>
    public static bool HasGrains(this IClusterManifestProvider manifests)
    {
        ArgumentNullException.ThrowIfNull(manifests);

        return manifests.Current.Silos.Values.Any(static manifest => manifest.Grains.ContainsKey(Sample));
    }
}
