using System.Globalization;
using System.Text;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>A stream of one provider, and the grain at which its producers and its subscribers meet.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Stream">The stream.</param>
internal sealed record StreamAddress(string Provider, StreamId Stream)
{
    private static readonly GrainType Type = GrainType.Create(StreamRendezvousGrain.TypeName);

    /// <summary>The grain: provider, length of the name space and the stream's own bytes, so that no two streams share one.</summary>
    public GrainId ToGrainId()
    {
        var start = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(Provider)}/{Stream.Namespace.Length}/"));
        return new GrainId(Type, new IdSpan([.. start, .. Stream.FullKey.Span]));
    }

    /// <summary>The stream of a grain.</summary>
    /// <exception cref="FormatException">The grain is none of these.</exception>
    public static StreamAddress Of(GrainId grain)
    {
        var key = grain.Key.AsSpan();
        var first = key.IndexOf((byte)'/');
        var second = first < 0 ? -1 : key[(first + 1)..].IndexOf((byte)'/');
        if (grain.Type != Type
            || second < 0
            || !int.TryParse(key.Slice(first + 1, second), CultureInfo.InvariantCulture, out var length)
            || length < 0
            || key.Length <= first + second + 2 + length)
        {
            throw new FormatException($"{grain} is the grain of no stream.");
        }

        var stream = key[(first + second + 2)..];
        return new StreamAddress(
            Uri.UnescapeDataString(Encoding.UTF8.GetString(key[..first])), StreamId.Create(stream[..length], stream[length..]));
    }
}

/// <summary>One subscription, as all silos know it.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Id">The subscription.</param>
/// <param name="Grain">Who takes the events: a grain, or an observer of a client.</param>
/// <param name="IsImplicit">Whether it belongs to the grain's class, and cannot end.</param>
internal sealed record Subscriber(string Provider, StreamId Stream, Guid Id, GrainId Grain, bool IsImplicit);
