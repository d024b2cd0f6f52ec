using System.Reflection;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace ActorShop.Silo;

internal static class SiloVersion
{
    /// <summary>Lets other members read the version of this process.</summary>
    public static ISiloBuilder AddVersion(this ISiloBuilder silo) => silo.UseSiloMetadata(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["version"] = typeof(SiloVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
    });
}
