namespace ActorShop.Api;

/// <summary>Renders lists.</summary>
internal static class Lists
{
    /// <summary>A list of everything there is.</summary>
    public static ListResponse<TItem> Whole<TSource, TItem>(IEnumerable<TSource> items, Func<TSource, TItem> render) =>
        new([.. items.Select(render)], HasMore: false, NextCursor: null);

    /// <summary>Renders a page and sets the <c>Link</c> to the next.</summary>
    public static ListResponse<TItem> Render<TSource, TItem>(
        this Page<TSource> page, Paging paging, HttpContext http, Func<TSource, TItem> render)
    {
        var next = page.Next is { } position ? Next(position, paging, http) : null;
        return new ListResponse<TItem>(
            [.. page.Items.Select(render)], next is not null, next, page.LagSeconds > 0 ? page.LagSeconds : null);
    }

    private static string Next(string position, Paging paging, HttpContext http)
    {
        var cursor = Cursor.Encode(position, paging.Filters);
        var others = http.Request.Query.Where(static pair => pair.Key is not "cursor");
        var query = QueryString.Create(others.Append(new("cursor", cursor)));
        http.Response.Headers.Link = $"<{http.Request.Path.ToUriComponent()}{query}>; rel=\"next\"";
        return cursor;
    }
}
