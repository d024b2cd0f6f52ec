using System.Security.Claims;
using System.Security.Cryptography;

namespace ActorShop.Api.Access;

internal sealed class ApiKeyRing(IOptions<AccessOptions> options)
{
    private readonly (byte[] Hash, ClaimsIdentity Identity)[] _keys =
    [
        .. options.Value.Keys.Select(static key => (Convert.FromHexString(key.Sha256), new ClaimsIdentity(
            [new Claim(ApiKeyHandler.NameClaim, key.Name), .. key.Scopes.Select(static scope => new Claim(ApiKeyHandler.ScopeClaim, scope))],
            ApiKeyHandler.SchemeName))),
    ];

    /// <summary>The identity of a key; null if the key is unknown.</summary>
    public ClaimsIdentity? Find(string key)
    {
        // Compares with every key, so that the time does not depend on which one matches.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return _keys.Where(known => CryptographicOperations.FixedTimeEquals(known.Hash, hash)).ToArray() is [.., var found] ? found.Identity : null;
    }
}
