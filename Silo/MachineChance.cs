using System.Security.Cryptography;

namespace ActorShop.Silo;

/// <summary>Unguessable bytes of the machine: a guest's cart and order are protected by their ids alone.</summary>
internal sealed class MachineChance : Chance
{
    public override void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
