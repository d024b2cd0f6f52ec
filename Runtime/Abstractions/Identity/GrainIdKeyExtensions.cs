using System.Buffers.Text;
using System.Text;

namespace Orleans.Runtime;

/// <summary>The text forms of keys.</summary>
public static class GrainIdKeyExtensions
{
    private const int GuidLength = 32;

    /// <summary>The key of an integer: upper-case hexadecimal, two's complement.</summary>
    public static IdSpan CreateIntegerKey(long key) => CreateIntegerKey(key, keyExtension: null);

    /// <summary>The key of an integer and an extension.</summary>
    public static IdSpan CreateIntegerKey(long key, string? keyExtension)
    {
        Span<byte> digits = stackalloc byte[16];
        Utf8Formatter.TryFormat(key, digits, out var length, 'X');
        return Join(digits[..length], keyExtension);
    }

    /// <summary>The key of a Guid: 32 digits in lower case.</summary>
    public static IdSpan CreateGuidKey(Guid key) => CreateGuidKey(key, keyExtension: null);

    /// <summary>The key of a Guid and an extension.</summary>
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension)
    {
        Span<byte> digits = stackalloc byte[GuidLength];
        Utf8Formatter.TryFormat(key, digits, out _, 'N');
        return Join(digits, keyExtension);
    }

    /// <summary>Reads an integer key.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        keyExt = null;
        var text = grainId.Key.AsSpan();
        if (text.IndexOf((byte)'+') is var plus and >= 0)
        {
            keyExt = Encoding.UTF8.GetString(text[(plus + 1)..]);
            text = text[..plus];
        }

        return Utf8Parser.TryParse(text, out key, out var length, 'X') && length == text.Length;
    }

    /// <summary>Reads a Guid key.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        keyExt = null;
        var text = grainId.Key.AsSpan();
        if (text.Length > GuidLength && text[GuidLength] == (byte)'+')
        {
            keyExt = Encoding.UTF8.GetString(text[(GuidLength + 1)..]);
            text = text[..GuidLength];
        }

        key = default;
        return text.Length == GuidLength && Utf8Parser.TryParse(text, out key, out var length, 'N') && length == GuidLength;
    }

    /// <summary>Reads an integer key.</summary>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException($"Value \"{grainId}\" is not in the correct format for an Integer key.", nameof(grainId));

    /// <inheritdoc cref="GetIntegerKey(GrainId, out string?)"/>
    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    /// <summary>Reads a Guid key.</summary>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException($"Value \"{grainId}\" is not in the correct format for a Guid key.", nameof(grainId));

    /// <inheritdoc cref="GetGuidKey(GrainId, out string?)"/>
    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    private static IdSpan Join(ReadOnlySpan<byte> digits, string? keyExtension)
    {
        if (string.IsNullOrWhiteSpace(keyExtension))
        {
            return new IdSpan(digits.ToArray());
        }

        var bytes = new byte[digits.Length + 1 + Encoding.UTF8.GetByteCount(keyExtension)];
        digits.CopyTo(bytes);
        bytes[digits.Length] = (byte)'+';
        Encoding.UTF8.GetBytes(keyExtension, bytes.AsSpan(digits.Length + 1));
        return new IdSpan(bytes);
    }
}
