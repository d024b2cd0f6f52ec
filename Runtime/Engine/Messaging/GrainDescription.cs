using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>A grain class, for those who have only its interfaces.</summary>
/// <param name="GrainType">The type of its grains.</param>
/// <param name="ClassName">The full name of the class, which a caller may give the beginning of.</param>
/// <param name="Interfaces">The names of the interfaces through which it can be called.</param>
internal sealed record GrainDescription(GrainType GrainType, string ClassName, IReadOnlyList<string> Interfaces)
{
    private const int MaxGrains = 100_000;

    public void Write(ref WireWriter writer)
    {
        writer.WriteString(1, GrainType.ToString());
        writer.WriteString(2, ClassName);
        foreach (var name in Interfaces)
        {
            writer.WriteString(3, name);
        }
    }

    /// <summary>Reads all that follow: each begins with its type.</summary>
    /// <exception cref="WireException">The bytes are no descriptions.</exception>
    public static List<GrainDescription> Read(ref WireReader reader)
    {
        var grains = new List<GrainDescription>();
        List<string> interfaces = [];
        while (reader.Remaining > 0)
        {
            var tag = reader.ReadTag();
            if (tag.FieldId is < 1 or > 3)
            {
                reader.Skip(tag);
                continue;
            }

            var text = reader.ReadString(tag);
            if (string.IsNullOrWhiteSpace(text) || grains.Count > MaxGrains || (tag.FieldId != 1 && grains.Count == 0))
            {
                WireException.ThrowInvalid(nameof(GrainDescription));
            }

            switch (tag.FieldId)
            {
                case 1:
                    interfaces = [];
                    grains.Add(new GrainDescription(GrainType.Create(text), "", interfaces));
                    break;
                case 2:
                    grains[^1] = grains[^1] with { ClassName = text };
                    break;
                default:
                    interfaces.Add(text);
                    break;
            }
        }

        return grains;
    }
}
