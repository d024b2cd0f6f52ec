using System.Globalization;

namespace ActorShop.Api;

/// <summary>Makes ids for what a client creates: a prefix and a UUID of version 7.</summary>
internal sealed class IdMaker(TimeProvider clock)
{
    public string Next(string prefix) => prefix + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>When an id without prefix was made.</summary>
    public static DateTimeOffset TimeOf(string digits) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(digits.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
