using System.Buffers.Text;
using System.Security.Cryptography;

namespace ActorShop.Api;

/// <summary>Opaque positions in lists.</summary>
/// <remarks>
/// A digest over the position and the filters ties a cursor to its list. It is no secret: a forged cursor only chooses where a page begins.
/// </remarks>
internal static class Cursor
{
    private const int DigestBytes = 9;

    private const int MaxCharacters = 600;

    public static string Encode(string position, string filters) =>
        Base64Url.EncodeToString([.. Digest(position, filters), .. Encoding.UTF8.GetBytes(position)]);

    public static bool TryDecode(string cursor, string filters, out string? position)
    {
        position = null;
        if (cursor.Length is 0 or > MaxCharacters || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= DigestBytes)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes.AsSpan(DigestBytes));
        if (!Digest(text, filters).AsSpan().SequenceEqual(bytes.AsSpan(0, DigestBytes)))
        {
            return false;
        }

        position = text;
        return true;
    }

    private static byte[] Digest(string position, string filters) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{filters}\n\n{position}"))[..DigestBytes];
}
