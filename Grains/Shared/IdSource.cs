namespace ActorShop;

/// <summary>Makes ids: UUIDs of version 7 (RFC 9562) as 32 hexadecimal digits, sorted by time and otherwise unguessable.</summary>
public sealed class IdSource(TimeProvider clock, Chance chance)
{
    /// <summary>A new id without prefix.</summary>
    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.Fill(bytes);
        var time = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)((time >> (8 * (5 - i))) & 0xFF);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>When an id (with or without prefix) was made; the minimum where it is none.</summary>
    public static DateTimeOffset TimeOf(string id)
    {
        var digits = id.AsSpan(id.LastIndexOf('_') + 1);
        return digits.Length == 32 && long.TryParse(
            digits[..12], System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(time, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
            : DateTimeOffset.MinValue;
    }
}
