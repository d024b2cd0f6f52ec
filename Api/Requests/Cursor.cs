using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Opaque positions in lists. A cursor is authenticated: it is accepted only for the list and the filters that it was made for.</summary>
internal static class Cursor
{
    private const int TagBytes = 16;

    private const int MaxCharacters = 600;

    public static string Encode(string position, string filters, byte[] key) =>
        Base64Url.EncodeToString([.. Tag(position, filters, key), .. Encoding.UTF8.GetBytes(position)]);

    public static OpenApiSchema ToSchema() => new()
    {
        Type = JsonSchemaType.String,
        MinLength = 1,
        MaxLength = MaxCharacters,
        Pattern = "^[A-Za-z0-9_-]*$",
    };

    /// <summary>The position; null if the cursor was not made for this list with this key.</summary>
    public static string? Decode(string cursor, string filters, byte[] key)
    {
        var bytes = cursor.Length <= MaxCharacters && Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        // In its one spelling: decoding ignores spaces, padding and the bits after the last byte.
        if (bytes.Length <= TagBytes || !string.Equals(Base64Url.EncodeToString(bytes), cursor, StringComparison.Ordinal))
        {
            return null;
        }

        var position = Encoding.UTF8.GetString(bytes.AsSpan(TagBytes));
        return CryptographicOperations.FixedTimeEquals(Tag(position, filters, key), bytes.AsSpan(0, TagBytes)) ? position : null;
    }

    private static byte[] Tag(string position, string filters, byte[] key) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{filters.Length}\n{filters}\n{position}")))[..TagBytes];
}
