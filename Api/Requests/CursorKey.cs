using System.Security.Cryptography;
using ActorShop.Api.Hosting;

namespace ActorShop.Api;

/// <summary>The secret that authenticates cursors, the same in all API processes of a shop.</summary>
/// <remarks>Without a configured secret, the first process that needs one makes it and stores it with the shop's data.</remarks>
internal sealed class CursorKey(IGrainFactory grains, IOptions<ApiOptions> options)
{
    private byte[]? _key = options.Value.CursorSecret is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;

    public async ValueTask<byte[]> GetAsync()
    {
        if (_key is { } known)
        {
            return known;
        }

        var secret = await grains.CursorSecret().ClaimAsync(RandomNumberGenerator.GetHexString(64));
        return _key = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
    }
}
