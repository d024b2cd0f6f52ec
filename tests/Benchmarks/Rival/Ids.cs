namespace ActorShop.Rival;

/// <summary>Ids: sorted by time, otherwise unguessable.</summary>
internal static class Ids
{
    private const int DigitsOfNumber = 10;

    public static string Next(string prefix) => prefix + Guid.CreateVersion7().ToString("N");

    public static string NumberOf(string id) => id[^DigitsOfNumber..].ToUpperInvariant();
}
