using System.Globalization;

namespace ActorShop.Storage.ReadModels;

/// <summary>Where a page ended, as text: words of which the last may contain spaces.</summary>
internal static class Cursor
{
    public static string Of(long number, string text) => string.Create(CultureInfo.InvariantCulture, $"{number} {text}");

    public static string Of(string word, string text) => $"{word} {text}";

    /// <summary>The parts of a position that an earlier page named.</summary>
    /// <exception cref="ArgumentException">The text was never a position of this list.</exception>
    public static (string First, string Remainder) Split(string position)
    {
        var space = position.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 ? (position[..space], position[(space + 1)..]) : throw Unknown(position);
    }

    public static (long Number, string Remainder) SplitNumber(string position)
    {
        var (first, rest) = Split(position);
        return (Number(first), rest);
    }

    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Unknown(text);

    public static byte[] Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : throw Unknown(text);
    }

    private static ArgumentException Unknown(string position) => new($"\"{position}\" is no position in this list.", nameof(position));
}
