using System.Globalization;

namespace ActorShop.Storage.ReadModels;

/// <summary>Where the shop is: the language that orders names, and the time zone of its days.</summary>
/// <remarks>Keys and days are stored, so both databases sort and sum alike, by an index, and a cursor needs no language.</remarks>
internal sealed class Locality
{
    // Keeps positions in lists short. Names that agree so far are few, and their ids order them.
    private const int MostBytes = 200;

    private readonly CompareInfo _language;
    private readonly TimeZoneInfo _zone;

    /// <exception cref="CultureNotFoundException">The runtime does not know the language.</exception>
    /// <exception cref="TimeZoneNotFoundException">The system does not know the time zone.</exception>
    public Locality(string locale, string timeZone)
    {
        _language = CultureInfo.GetCultureInfo(locale, predefinedOnly: true).CompareInfo;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
    }

    /// <summary>The IANA name of the time zone.</summary>
    public string TimeZone => _zone.Id;

    /// <summary>Names the rules and their versions. Keys and days of other rules do not compare.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{_language.Name} {_language.Version.FullVersion}, {_zone.Id}");

    /// <summary>A key by which names sort as bytes: <c>Äpfel</c> near <c>Apfel</c>, <c>Box 2</c> before <c>Box 10</c>.</summary>
    public byte[] KeyOf(string name)
    {
        var key = _language.GetSortKey(name, CompareOptions.NumericOrdering).KeyData;
        return key.Length <= MostBytes ? key : key[..MostBytes];
    }

    /// <summary>The day of a moment at the shop.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _zone).DateTime);
}
