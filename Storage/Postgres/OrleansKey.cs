using System.Globalization;
using System.Text;

namespace ActorShop.Storage.Postgres;

/// <summary>A grain's key in the parts that the contract of Orleans' ADO.NET storage has, and as the text that the tables have.</summary>
/// <remarks>
/// Orleans takes every key that reads as a Guid or as a hexadecimal number for one, so keys that differ in leading zeros or case alone
/// are one there, and so here. Keys of the shop begin with a word that is no number, and stay what they are.
/// </remarks>
/// <param name="N0">The first half of a Guid; otherwise 0.</param>
/// <param name="N1">The second half of a Guid, or a number; otherwise 0.</param>
/// <param name="Extension">A text, or what follows a Guid or number.</param>
/// <param name="Kind">Which of the three it is.</param>
internal readonly record struct OrleansKey(long N0, long N1, string? Extension, OrleansKey.KeyKind Kind)
{
    /// <summary>What a key was taken for.</summary>
    internal enum KeyKind
    {
        Text,
        Number,
        Guid,
    }

    /// <summary>The hash of Orleans: of the bytes from the last to the first.</summary>
    public int Hash
    {
        get
        {
            byte[] bytes =
            [
                .. Kind is KeyKind.Guid ? BitConverter.GetBytes(N0) : [],
                .. Kind is KeyKind.Text ? [] : BitConverter.GetBytes(N1),
                .. Encoding.UTF8.GetBytes(Extension ?? string.Empty),
            ];
            Array.Reverse(bytes);
            return unchecked((int)new IdSpan(bytes).GetUniformHashCode());
        }
    }

    /// <summary>The key as the tables have it: what their function <c>actorshop_key</c> makes of the parts.</summary>
    public string Text
    {
        get
        {
            if (this is { N0: 0, N1: 0, Extension: { } text })
            {
                return text;
            }

            var number = N0 == 0
                ? N1.ToString("X", CultureInfo.InvariantCulture)
                : new Guid([.. BitConverter.GetBytes(N0), .. BitConverter.GetBytes(N1)]).ToString("N");
            return Extension is null ? number : $"{number}+{Extension}";
        }
    }

    /// <summary>The parts of a grain's key.</summary>
    public static OrleansKey Of(GrainId grain)
    {
        if (grain.TryGetGuidKey(out var guid, out var extension))
        {
            var bytes = guid.ToByteArray();
            return new(BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, 8), extension, KeyKind.Guid);
        }

        return grain.TryGetIntegerKey(out var number, out extension)
            ? new(0, number, extension, KeyKind.Number)
            : new(0, 0, grain.Key.ToString()!, KeyKind.Text);
    }

    /// <summary>The hash of a state's name.</summary>
    public static int HashOf(string name) => unchecked((int)IdSpan.Create(name).GetUniformHashCode());
}
