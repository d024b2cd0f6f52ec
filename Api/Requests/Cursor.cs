using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.OpenApi;

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

    public static OpenApiSchema ToSchema() => new()
    {
        Type = JsonSchemaType.String,
        MinLength = 1,
        MaxLength = MaxCharacters,
        Pattern = "^[A-Za-z0-9_-]*$",
    };

    /// <summary>The position; null if the cursor is none of this list.</summary>
    public static string? Decode(string cursor, string filters)
    {
        var bytes = cursor.Length <= MaxCharacters && Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        if (bytes.Length <= DigestBytes)
        {
            return null;
        }

        var position = Encoding.UTF8.GetString(bytes.AsSpan(DigestBytes));
        return Digest(position, filters).AsSpan().SequenceEqual(bytes.AsSpan(0, DigestBytes)) ? position : null;
    }

    private static byte[] Digest(string position, string filters) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{filters}\n\n{position}"))[..DigestBytes];
}
