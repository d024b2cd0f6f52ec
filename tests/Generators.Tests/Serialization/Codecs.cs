using System.Buffers;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Serialization;

namespace ActorShop.Generators.Tests.Serialization;

/// <summary>The codecs of the sample contracts, and the journeys that tests send values on.</summary>
internal static class Codecs
{
    public static CodecProvider Provider { get; } = Create();

    public static CodecProvider Create() => new(GrainManifests.Discover());

    public static byte[] Write<T>(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        Provider.GetCodec<T>().WriteField(ref writer, 0, value);
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }

    public static T Read<T>(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var value = Provider.GetCodec<T>().ReadValue(ref reader, reader.ReadTag());
        reader.Remaining.ShouldBe(0);
        return value;
    }

    public static T Travel<T>(T value) => Read<T>(Write(value));

    public static T Copy<T>(T value) => Provider.GetCodec<T>().Copy(value);
}
