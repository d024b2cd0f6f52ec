using System.Globalization;
using System.Security.Cryptography;

namespace ActorShop.Api;

/// <summary>Makes ids for what a client creates: a UUID of version 7 (RFC 9562), sorted by time and otherwise unguessable.</summary>
internal sealed class IdMaker(TimeProvider clock)
{
    public string Next(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var time = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(time >> (8 * (5 - i)));
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return prefix + Convert.ToHexStringLower(bytes);
    }

    /// <summary>When an id without prefix was made.</summary>
    public static DateTimeOffset TimeOf(string digits) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(digits.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
