using System.Runtime.CompilerServices;

namespace ActorShop.Cli.Shop;

internal static class ShopReads
{
    private const int PageSize = 100;

    public static async IAsyncEnumerable<JsonElement> ListAsync(
        this ShopClient shop, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            var page = (await shop.ReadAsync(
                $"{path}{separator}limit={PageSize}" + (cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}"),
                cancellationToken)).Deserialize<Page>(ShopClient.Json)!;
            foreach (var item in page.Data)
            {
                yield return item;
            }

            cursor = page.HasMore ? page.NextCursor : null;
        }
        while (cursor is not null);
    }

    /// <summary>The body of a resource that must exist.</summary>
    /// <exception cref="ToolException">The shop refuses the request.</exception>
    public static async Task<JsonElement> ReadAsync(this ShopClient shop, string path, CancellationToken cancellationToken)
    {
        var answer = await shop.SendAsync(ShopRequest.Get(path), cancellationToken);
        return answer.IsFine ? answer.Body : throw new ToolException(ExitCode.BadInput, $"{path} answers {answer.Explanation}");
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<T> ReadAsync<T>(this ShopClient shop, string path, CancellationToken cancellationToken) =>
        (await shop.ReadAsync(path, cancellationToken)).Deserialize<T>(ShopClient.Json)!;

    public static string Escape(string text) => Uri.EscapeDataString(text);

    private sealed record Page(JsonElement[] Data, bool HasMore, string? NextCursor);
}
