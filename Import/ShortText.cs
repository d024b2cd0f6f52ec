using System.Security.Cryptography;

namespace ActorShop.Import;

/// <summary>Texts made from others within a length: what is cut off is replaced by a digest of the whole.</summary>
internal static class ShortText
{
    private const int DigestBytes = 6;

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestBytes));

    public static string Fit(string text, int maximum) => text.Length <= maximum ? text : $"{Cut(text, maximum - (2 * DigestBytes) - 1)}-{Digest(text)}";

    /// <summary>A message on one line: it may quote a text of any length, with line breaks and control characters.</summary>
    public static string Message(string text, int maximum)
    {
        var cut = text.Length <= maximum ? text : Cut(text, maximum) + "…";
        return string.Create(cut.Length, cut, static (line, cut) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(cut[i]) || cut[i] is '\u2028' or '\u2029' ? ' ' : cut[i];
            }
        });
    }

    /// <summary>Cuts a text, but no surrogate pair.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
