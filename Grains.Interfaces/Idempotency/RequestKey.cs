using System.Security.Cryptography;
using System.Text;

namespace ActorShop;

/// <summary>The key under which a client may repeat a request, with a fingerprint of what it asked.</summary>
/// <param name="Scope">Caller (or <c>anonymous</c>), method and concrete path.</param>
/// <param name="Key">The client's <c>Idempotency-Key</c>, 1 to 255 printable characters.</param>
/// <param name="Fingerprint">A hash of the request's body: the same key with another one is refused.</param>
[GenerateSerializer, Immutable, Alias("shared.request-key")]
public sealed record RequestKey(string Scope, string Key, string Fingerprint)
{
    /// <summary>A hash of scope and key in hexadecimal digits.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Scope}\n{Key}")));
}
