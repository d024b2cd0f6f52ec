using System.Globalization;

namespace ActorShop;

/// <summary>Makes ids: UUIDs of version 7 as 32 hexadecimal digits, sorted by time and otherwise unguessable.</summary>
/// <remarks>A simulation overrides it with ids from its seed. No other code of the shop makes UUIDs: the call is banned.</remarks>
public class IdSource(TimeProvider clock)
{
    public virtual string Next() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>When an id (with or without prefix) was made; the minimum if the text is no id.</summary>
    public static DateTimeOffset TimeOf(string id)
    {
        var digits = id.AsSpan(id.LastIndexOf('_') + 1);
        return digits.Length == 32 && long.TryParse(digits[..12], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(time, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
            : DateTimeOffset.MinValue;
    }
}
