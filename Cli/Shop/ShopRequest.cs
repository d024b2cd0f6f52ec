namespace ActorShop.Cli.Shop;

/// <summary>A request to the shop.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, escaped.</param>
/// <param name="Body">The JSON body; null for none.</param>
/// <param name="IdempotencyKey">The key under which the request may be repeated.</param>
/// <param name="IfMatch">The ETag to match.</param>
/// <param name="IfNoneMatch">With <c>*</c>: to create only.</param>
internal sealed record ShopRequest(
    HttpMethod Method, string Path, object? Body = null, string? IdempotencyKey = null, string? IfMatch = null, string? IfNoneMatch = null)
{
    public static ShopRequest Get(string path) => new(HttpMethod.Get, path);

    public static ShopRequest Post(string path, object body, string? idempotencyKey = null) =>
        new(HttpMethod.Post, path, body, idempotencyKey);
}
