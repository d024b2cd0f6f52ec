using System.Text.Json;

namespace ActorShop.Cli.Shop;

/// <summary>Questions that several commands ask.</summary>
internal static class ShopReads
{
    private const int PageSize = 100;

    /// <summary>Every item of a list, page by page.</summary>
    public static async IAsyncEnumerable<JsonElement> ListAsync(
        this ShopClient shop, string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            var page = await shop.ReadAsync(
                $"{path}{separator}limit={PageSize}" + (cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}"),
                cancellationToken);
            foreach (var item in page.GetProperty("data").EnumerateArray())
            {
                yield return item;
            }

            cursor = page.TryGetProperty("hasMore", out var more) && more.GetBoolean() ? page.GetProperty("nextCursor").GetString() : null;
        }
        while (cursor is not null);
    }

    /// <summary>The body of what has to be there.</summary>
    /// <exception cref="ToolException">The shop refuses to show it.</exception>
    public static async Task<JsonElement> ReadAsync(this ShopClient shop, string path, CancellationToken cancellationToken)
    {
        var answer = await shop.SendAsync(ShopRequest.Get(path), cancellationToken);
        return answer.IsFine ? answer.Body : throw new ToolException(ExitCode.BadInput, $"{path} answers {answer.Explanation}");
    }

    /// <summary>A SKU as a part of a path.</summary>
    public static string Escape(string text) => Uri.EscapeDataString(text);
}
