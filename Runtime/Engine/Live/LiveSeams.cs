using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ActorShop.Runtime.Hosting;

namespace ActorShop.Runtime.Live;

/// <summary>Chance and surroundings as they are.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The live half of the seams.")]
internal static class LiveSeams
{
    public static Chance Chance()
    {
        var chance = new Chance(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        if (Orleans.Runtime.RequestContext.ReentrancyOrigin == 0)
        {
            Orleans.Runtime.RequestContext.ReentrancyOrigin = unchecked((long)chance.NextUInt64());
        }

        return chance;
    }

    public static SiloEnvironment Environment() => new(System.Environment.ProcessorCount);
}
