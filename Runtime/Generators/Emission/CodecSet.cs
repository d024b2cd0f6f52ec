using System.Globalization;
using ActorShop.Generators.Model;

namespace ActorShop.Generators.Emission;

/// <summary>The codecs that a generated type needs: each type once, asked for when it is first used.</summary>
/// <remarks>Late, because types may contain each other, and because one that is never used need not have a codec.</remarks>
/// <param name="values">The values that the type handles.</param>
/// <param name="prefix">How its code reaches the codecs.</param>
internal sealed class CodecSet(IEnumerable<ValueModel> values, string prefix = "")
{
    public const string Provider = "global::ActorShop.Runtime.Serialization.ICodecProvider";

    private const string Codec = "global::ActorShop.Runtime.Serialization.Codec";

    private readonly List<string> _types = values
        .Where(static value => value.NeedsCodec)
        .Select(static value => value.CodecType)
        .Distinct(StringComparer.Ordinal)
        .ToList();

    public bool IsEmpty => _types.Count == 0;

    public static string TypeOf(ValueModel value) => $"{Codec}<{value.CodecType}>";

    public string Of(ValueModel value) =>
        value.NeedsCodec ? $"{prefix}Codec{_types.IndexOf(value.CodecType).ToString(CultureInfo.InvariantCulture)}" : "";

    /// <summary>Writes the properties; they use a parameter <c>provider</c> of the primary constructor.</summary>
    public void Write(SourceWriter writer, string accessibility)
    {
        foreach (var (type, number) in _types.Select(static (type, index) => (type, index.ToString(CultureInfo.InvariantCulture))))
        {
            writer.Line($"private {Codec}<{type}>? _codec{number};");
            writer.Line();
            writer.Line($"{accessibility} {Codec}<{type}> Codec{number} => _codec{number} ??= provider.GetCodec<{type}>();");
            writer.Line();
        }
    }
}
