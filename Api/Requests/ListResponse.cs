namespace ActorShop.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Data">The items.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="NextCursor">What to ask for the next page with; absent at the end.</param>
/// <param name="LagSeconds">How far the list is behind what is committed; absent where it is not behind.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Data, bool HasMore, string? NextCursor, double? LagSeconds = null);

/// <summary>Makes pages.</summary>
internal static class Lists
{
    /// <summary>A page as it is sent, with the <c>Link</c> to the next.</summary>
    public static ListResponse<TItem> Render<TSource, TItem>(
        this Page<TSource> page, Paging paging, HttpContext http, Func<TSource, TItem> render)
    {
        var next = Next(page.Next, paging, http);
        return new ListResponse<TItem>(
            [.. page.Items.Select(render)], next is not null, next, page.LagSeconds > 0 ? page.LagSeconds : null);
    }

    /// <summary>The cursor of the next page, if there is one, which is also stated as a header.</summary>
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
