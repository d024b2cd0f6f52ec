using System.Text;

namespace Orleans.Runtime;

/// <summary>Which stream: a namespace and a key. Two streams of one id under two providers are different streams.</summary>
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>, ISpanFormattable
{
    private readonly byte[]? _fullKey;
    private readonly ushort _keyIndex;
    private readonly int _hash;

    private StreamId(byte[] fullKey, int keyIndex)
    {
        _fullKey = fullKey;
        _keyIndex = (ushort)keyIndex;
        _hash = (int)StableHash.ComputeHash(fullKey);
    }

    /// <summary>Namespace and key, one after the other.</summary>
    public ReadOnlyMemory<byte> FullKey => _fullKey;

    /// <summary>The namespace; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Namespace => _fullKey.AsMemory(0, _keyIndex);

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> Key => _fullKey.AsMemory(_keyIndex);

    /// <summary>Equality of content.</summary>
    public static bool operator ==(StreamId left, StreamId right) => left.Equals(right);

    /// <summary>Inequality of content.</summary>
    public static bool operator !=(StreamId left, StreamId right) => !left.Equals(right);

    /// <summary>The stream of these parts.</summary>
    public static StreamId Create(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            throw new ArgumentNullException(nameof(key));
        }

        var full = new byte[ns.Length + key.Length];
        ns.CopyTo(full);
        key.CopyTo(full.AsSpan(ns.Length));
        return new StreamId(full, ns.Length);
    }

    /// <summary>The stream of these parts.</summary>
    public static StreamId Create(string? ns, string key) => Create(Encoding.UTF8.GetBytes(ns ?? ""), Encoding.UTF8.GetBytes(key));

    /// <summary>The stream of these parts.</summary>
    public static StreamId Create(string? ns, Guid key) => Create(ns, key.ToString("N"));

    /// <summary>The stream of these parts.</summary>
    public static StreamId Create(string? ns, long key) =>
        Create(ns, key.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The namespace as text; null where there is none.</summary>
    public string? GetNamespace() => _keyIndex == 0 ? null : Encoding.UTF8.GetString(Namespace.Span);

    /// <summary>The key as text.</summary>
    public string GetKeyAsString() => Encoding.UTF8.GetString(Key.Span);

    /// <inheritdoc/>
    public bool Equals(StreamId other) =>
        _hash == other._hash && _keyIndex == other._keyIndex && _fullKey.AsSpan().SequenceEqual(other._fullKey);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public int CompareTo(StreamId other) => _fullKey.AsSpan().SequenceCompareTo(other._fullKey);

    /// <inheritdoc/>
    public override string ToString() => $"{GetNamespace() ?? "null"}/{GetKeyAsString()}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(provider, $"{GetNamespace() ?? "null"}/{GetKeyAsString()}", out charsWritten);
}

/// <summary>An id that is a Guid.</summary>
public sealed class GuidId : IEquatable<GuidId>
{
    private GuidId(Guid guid) => Guid = guid;

    /// <summary>The Guid.</summary>
    public Guid Guid { get; }

    /// <summary>The id of this Guid.</summary>
    public static GuidId GetGuidId(Guid guid) => new(guid);

    /// <inheritdoc/>
    public bool Equals(GuidId? other) => other is not null && Guid == other.Guid;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuidId);

    /// <inheritdoc/>
    public override int GetHashCode() => Guid.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Guid.ToString();
}
