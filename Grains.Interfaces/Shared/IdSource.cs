using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorShop;

/// <summary>Makes ids: UUIDs of version 7 as 32 hexadecimal digits, sorted by time and otherwise unguessable.</summary>
/// <remarks>A simulation overrides it with ids from its seed. No other code of the shop makes UUIDs: the call is banned.</remarks>
public class IdSource(TimeProvider clock)
{
    public virtual string Next() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>An id that is the same for the same time and the same secret facts: 48 bits of time and 74 of a hash.</summary>
    public static string Of(DateTimeOffset time, string facts)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)));
        return string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds():x12}7{hash[..3]}{"89ab"[hash[3] & 3]}{hash[4..19]}");
    }

    /// <summary>When an id (with or without prefix) was made; the minimum if the text is no id.</summary>
    public static DateTimeOffset TimeOf(string id)
    {
        var digits = id.AsSpan(id.LastIndexOf('_') + 1);
        return digits.Length == 32 && long.TryParse(digits[..12], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(time, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
            : DateTimeOffset.MinValue;
    }
}
