using System.Buffers.Binary;
using System.Numerics;

namespace Orleans;

/// <summary>A hash that is the same in every process and version: what placement and the reminder table rely on.</summary>
/// <remarks>
/// XxHash32 with seed 0 whose canonical, big-endian form is read as a little-endian number, since that is the value which
/// existing databases hold. Written here because the package that has the algorithm is not part of the shared framework.
/// </remarks>
public static class StableHash
{
    private const uint Prime1 = 2654435761;
    private const uint Prime2 = 2246822519;
    private const uint Prime3 = 3266489917;
    private const uint Prime4 = 668265263;
    private const uint Prime5 = 374761393;

    /// <summary>The hash of bytes.</summary>
    public static uint ComputeHash(ReadOnlySpan<byte> data)
    {
        var length = (uint)data.Length;
        uint hash;
        if (data.Length >= 16)
        {
            var (a, b, c, d) = (unchecked(Prime1 + Prime2), Prime2, 0u, unchecked(0u - Prime1));
            while (data.Length >= 16)
            {
                a = Round(a, BinaryPrimitives.ReadUInt32LittleEndian(data));
                b = Round(b, BinaryPrimitives.ReadUInt32LittleEndian(data[4..]));
                c = Round(c, BinaryPrimitives.ReadUInt32LittleEndian(data[8..]));
                d = Round(d, BinaryPrimitives.ReadUInt32LittleEndian(data[12..]));
                data = data[16..];
            }

            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
                + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        }
        else
        {
            hash = Prime5;
        }

        hash += length;
        while (data.Length >= 4)
        {
            hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime3), 17) * Prime4;
            data = data[4..];
        }

        foreach (var value in data)
        {
            hash = BitOperations.RotateLeft(hash + (value * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return BinaryPrimitives.ReverseEndianness(hash ^ (hash >> 16));
    }

    /// <summary>The hash of a text's UTF-16 form.</summary>
    public static uint ComputeHash(string data) => ComputeHash(System.Runtime.InteropServices.MemoryMarshal.AsBytes(data.AsSpan()));

    private static uint Round(uint accumulator, uint lane) =>
        BitOperations.RotateLeft(accumulator + (lane * Prime2), 13) * Prime1;
}
