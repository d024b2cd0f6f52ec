namespace ActorShop.Api.Access;

public sealed class ApiKey
{
    /// <summary>The caller's name in idempotency records and logs.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The SHA-256 of the key in hexadecimal: <c>printf %s KEY | sha256sum</c>. The key itself is not stored.</summary>
    public string Sha256 { get; set; } = string.Empty;

    /// <summary>The scopes: <c>admin</c>, <c>catalog</c>, <c>inventory</c>, <c>orders</c>, <c>reports</c>, <c>import</c>.</summary>
    public IList<string> Scopes { get; } = [];
}
