using System.Security.Claims;
using System.Security.Cryptography;

namespace ActorShop.Api.Access;

/// <summary>The configured keys by their hash.</summary>
internal sealed class ApiKeyRing(IOptions<AccessOptions> options)
{
    private const int LongestKey = 512;

    private readonly (byte[] Hash, ClaimsIdentity Identity)[] _keys =
    [
        .. options.Value.Keys.Select(static key => (Convert.FromHexString(key.Sha256), new ClaimsIdentity(
            [new Claim(ApiKeyHandler.NameClaim, key.Name), .. key.Scopes.Select(static scope => new Claim(ApiKeyHandler.ScopeClaim, scope))],
            ApiKeyHandler.SchemeName))),
    ];

    /// <summary>The identity of a key; null if the key is unknown.</summary>
    public ClaimsIdentity? Find(ReadOnlySpan<char> key)
    {
        if (key.Length is 0 or > LongestKey)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[LongestKey * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);

        // Compares with every key, so that the time does not depend on which one matches.
        ClaimsIdentity? found = null;
        foreach (var (known, identity) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                found = identity;
            }
        }

        return found;
    }
}
