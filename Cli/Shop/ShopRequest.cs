namespace ActorShop.Cli.Shop;

/// <summary>A request to the shop: an escaped path, and a body that becomes JSON.</summary>
internal sealed record ShopRequest(
    HttpMethod Method, string Path, object? Body = null, string? IdempotencyKey = null, string? IfMatch = null, string? IfNoneMatch = null)
{
    public static ShopRequest Get(string path) => new(HttpMethod.Get, path);

    public static ShopRequest Post(string path, object body, string? idempotencyKey = null) =>
        new(HttpMethod.Post, path, body, idempotencyKey);
}
