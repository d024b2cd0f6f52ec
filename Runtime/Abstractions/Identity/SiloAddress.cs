using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>Which silo, and which life of it: its endpoint and the generation it took at its start.</summary>
/// <remarks>
/// In text <c>127.0.0.1:11111@154231951</c>. A silo that starts again on the same endpoint has a greater generation, so that
/// nothing meant for the one that died reaches its successor. External clients have addresses of the same shape with a
/// negative generation; nobody listens there.
/// </remarks>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>, ISpanFormattable
{
    private readonly uint _hash;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
        _hash = StableHash.ComputeHash(ToParsableString());
    }

    /// <summary>Nobody.</summary>
    public static SiloAddress Zero { get; } = new(new IPEndPoint(0, 0), 0);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Which life; negative for a client.</summary>
    public int Generation { get; }

    /// <summary>Whether it is an external client.</summary>
    public bool IsClient => Generation < 0;

    /// <summary>Whether both are the same, or both are nobody.</summary>
    public static bool operator ==(SiloAddress? left, SiloAddress? right) => Equals(left, right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(SiloAddress? left, SiloAddress? right) => !Equals(left, right);

    /// <summary>The silo of this endpoint and life.</summary>
    public static SiloAddress New(IPEndPoint ep, int gen)
    {
        ArgumentNullException.ThrowIfNull(ep);
        return new SiloAddress(ep, gen);
    }

    /// <summary>The silo of this endpoint and life.</summary>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static SiloAddress FromParsableString(string addr)
    {
        ArgumentNullException.ThrowIfNull(addr);
        var at = addr.LastIndexOf('@');
        return at > 0
            && IPEndPoint.TryParse(addr.AsSpan(0, at), out var endpoint)
            && int.TryParse(addr.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
                ? new SiloAddress(endpoint, generation)
                : throw new FormatException($"\"{addr}\" is no silo address; one looks like 127.0.0.1:11111@154231951.");
    }

    /// <summary>The text form.</summary>
    public string ToParsableString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint}@{Generation}");

    /// <summary>A hash that is the same in every process.</summary>
    public int GetConsistentHashCode() => unchecked((int)_hash);

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => GetConsistentHashCode();

    /// <summary>By generation, then by endpoint.</summary>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byGeneration = Generation.CompareTo(other.Generation);
        if (byGeneration != 0)
        {
            return byGeneration;
        }

        var byPort = Endpoint.Port.CompareTo(other.Endpoint.Port);
        return byPort != 0 ? byPort : string.CompareOrdinal(Endpoint.Address.ToString(), other.Endpoint.Address.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => ToParsableString();

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToParsableString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Endpoint}@{Generation}", out charsWritten);
}
