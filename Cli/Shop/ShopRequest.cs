namespace ActorShop.Cli.Shop;

/// <summary>What is asked of the shop.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, escaped.</param>
/// <param name="Body">What is sent as JSON; null for nothing.</param>
/// <param name="IdempotencyKey">The key under which it may be repeated.</param>
/// <param name="IfMatch">The ETag that was seen.</param>
/// <param name="IfNoneMatch">With <c>*</c>: to create only.</param>
internal sealed record ShopRequest(
    HttpMethod Method, string Path, object? Body = null, string? IdempotencyKey = null, string? IfMatch = null, string? IfNoneMatch = null)
{
    public static ShopRequest Get(string path) => new(HttpMethod.Get, path);

    public static ShopRequest Post(string path, object body, string? idempotencyKey = null) =>
        new(HttpMethod.Post, path, body, idempotencyKey);
}
