using ActorShop.Runtime.Serialization;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>A grain class, for those who have only its interfaces.</summary>
/// <param name="GrainType">The type of its grains.</param>
/// <param name="ClassName">The full name of the class, which a caller may give the beginning of.</param>
/// <param name="Interfaces">The interfaces through which it can be called.</param>
/// <param name="Placement">How silos are chosen for its activations.</param>
internal sealed record GrainDescription(
    GrainType GrainType, string ClassName, IReadOnlyList<InterfaceDescription> Interfaces, PlacementKind Placement)
{
    private const int MaxGrains = 100_000;

    /// <summary>Whether its silo can run such calls.</summary>
    public bool Meets(InterfaceDemand demand) =>
        demand.Version == 0 || Interfaces.Any(known => known.Hash == demand.Interface && demand.IsMetBy(known.Version));

    /// <summary>Whether it can be called through an interface, by name.</summary>
    public bool Has(string interfaceName) =>
        Interfaces.Any(known => string.Equals(known.Name, interfaceName, StringComparison.Ordinal));

    public void Write(ref WireWriter writer)
    {
        writer.WriteString(1, GrainType.ToString());
        writer.WriteString(2, ClassName);
        writer.WriteByte(5, (byte)Placement);
        foreach (var known in Interfaces)
        {
            writer.WriteString(3, known.Name);
            if (known.Version != 0)
            {
                writer.WriteInt32(4, known.Version);
            }
        }
    }

    /// <summary>Reads all that follow: each begins with its type, and a version belongs to the interface before it.</summary>
    /// <exception cref="WireException">The bytes are no descriptions.</exception>
    public static List<GrainDescription> Read(ref WireReader reader)
    {
        var grains = new List<GrainDescription>();
        List<InterfaceDescription> interfaces = [];
        while (reader.Remaining > 0)
        {
            var tag = reader.ReadTag();
            switch (tag.FieldId)
            {
                case 1:
                    interfaces = [];
                    grains.Add(new GrainDescription(GrainType.Create(ReadText(ref reader, tag)), "", interfaces, PlacementKind.Default));
                    break;
                case 2 when grains.Count > 0:
                    grains[^1] = grains[^1] with { ClassName = ReadText(ref reader, tag) };
                    break;
                case 3 when grains.Count > 0:
                    interfaces.Add(new InterfaceDescription(ReadText(ref reader, tag), 0));
                    break;
                case 4 when interfaces.Count > 0:
                    interfaces[^1] = interfaces[^1] with { Version = reader.ReadInt32(tag) };
                    break;
                case 5 when grains.Count > 0:
                    grains[^1] = grains[^1] with { Placement = (PlacementKind)reader.ReadByte(tag) };
                    break;
                case >= 1 and <= 5:
                    WireException.ThrowInvalid(nameof(GrainDescription));
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }

            if (grains.Count > MaxGrains)
            {
                WireException.ThrowInvalid(nameof(GrainDescription));
            }
        }

        return grains;
    }

    private static string ReadText(ref WireReader reader, WireTag tag)
    {
        var text = reader.ReadString(tag);
        if (string.IsNullOrWhiteSpace(text))
        {
            WireException.ThrowInvalid(nameof(GrainDescription));
        }

        return text;
    }
}

/// <summary>An interface of a grain class.</summary>
/// <param name="Name">Its alias, or its full name.</param>
/// <param name="Version">Its version; 0 where it has none.</param>
internal readonly record struct InterfaceDescription(string Name, int Version)
{
    /// <summary>The name as calls carry it.</summary>
    public uint Hash => StableHash.ComputeHash(Name);
}

/// <summary>The placement strategies, as silos tell them to each other.</summary>
internal enum PlacementKind : byte
{
    /// <summary>The emptier of two silos.</summary>
    Default = 0,

    /// <summary>Any silo.</summary>
    Random = 1,

    /// <summary>The caller's silo.</summary>
    PreferLocal = 2,

    /// <summary>The silo that the hash names.</summary>
    Hash = 3,

    /// <summary>The silo with fewer activations.</summary>
    ActivationCount = 4,

    /// <summary>The caller's silo, several of a grain.</summary>
    StatelessWorker = 5,
}
