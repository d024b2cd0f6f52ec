using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorShop.EndToEnd;

/// <summary>Speaks the protocol between processes by hand, as far as saying who it is: so that what it says next comes from somebody who was let in.</summary>
internal static class Greeting
{
    private const int StartLength = 7;
    private const byte NoRefusal = (1 << 3) | 6;

    /// <summary>Says who it is and hears that it is welcome.</summary>
    /// <param name="stream">A new connection to a silo.</param>
    /// <param name="clusterId">To which cluster it claims to belong.</param>
    /// <param name="from">As what it comes: an address and a generation, which is negative for a client.</param>
    /// <param name="to">The port it has connected to; any life of the silo will do.</param>
    /// <param name="lane">What it wants the connection for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task SayAsync(
        NetworkStream stream, string clusterId, string from, IPEndPoint to, byte lane, CancellationToken cancellationToken)
    {
        byte[] fields = [.. Text(1, clusterId), .. Text(2, from), .. Text(3, $"{to}@0"), 4 << 3, lane, 5 << 3, 7];
        await stream.WriteAsync((byte[])[.. "ACTR"u8, 1, (byte)fields.Length, (byte)(fields.Length >> 8), .. fields], cancellationToken);

        var start = new byte[StartLength];
        await stream.ReadExactlyAsync(start, cancellationToken);
        var answer = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(5))];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        answer[0].ShouldBe(NoRefusal, Encoding.UTF8.GetString(answer));
    }

    private static byte[] Text(int field, string value) => [(byte)((field << 3) | 2), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
