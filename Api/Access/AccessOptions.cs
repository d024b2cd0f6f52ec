namespace ActorShop.Api.Access;

/// <summary>The API keys.</summary>
public sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Access";

    /// <summary>The keys. Without keys, all routes under <c>/v1/admin</c> answer 401.</summary>
    /// <value>None.</value>
    public IList<ApiKey> Keys { get; } = [];
}
