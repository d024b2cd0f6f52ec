namespace ActorShop.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Data">The items.</param>
/// <param name="HasMore">Whether there are more items.</param>
/// <param name="NextCursor">The cursor of the next page; absent on the last page.</param>
/// <param name="LagSeconds">The age of the list in seconds; absent when it is current.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Data, bool HasMore, string? NextCursor, double? LagSeconds = null);

/// <summary>Renders pages.</summary>
internal static class Lists
{
    /// <summary>Renders a page and sets the <c>Link</c> to the next.</summary>
    public static ListResponse<TItem> Render<TSource, TItem>(
        this Page<TSource> page, Paging paging, HttpContext http, Func<TSource, TItem> render)
    {
        var next = Next(page.Next, paging, http);
        return new ListResponse<TItem>(
            [.. page.Items.Select(render)], next is not null, next, page.LagSeconds > 0 ? page.LagSeconds : null);
    }

    /// <summary>The cursor of the next page, if any; also sets the <c>Link</c> header.</summary>
    public static string? Next(string? position, Paging paging, HttpContext http)
    {
        if (position is null)
        {
            return null;
        }

        var cursor = Cursor.Encode(position, paging.Filters);
        var others = http.Request.Query.Where(static pair => pair.Key is not "cursor");
        var query = QueryString.Create(others.Append(new("cursor", cursor)));
        http.Response.Headers.Link = $"<{http.Request.Path.ToUriComponent()}{query}>; rel=\"next\"";
        return cursor;
    }
}
