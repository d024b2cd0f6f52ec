namespace ActorShop.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Data">The items.</param>
/// <param name="HasMore">Whether there are more items.</param>
/// <param name="NextCursor">The cursor of the next page; absent on the last page.</param>
/// <param name="LagSeconds">The age of the list in seconds; absent when it is current.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Data, bool HasMore, string? NextCursor, double? LagSeconds = null);

/// <summary>The part of a list that a request asks for.</summary>
/// <remarks>The filters are everything that decides which items are listed in which order, and for whom.</remarks>
internal sealed record Paging(string Filters, int Limit, string? Cursor) : IQuery<Paging>
{
    /// <summary>The position after which the page begins; null for the first page.</summary>
    public string? After { get; private set; }

    private byte[] Key { get; set; } = [];

    public static Paging Read(QueryReader query) => query.Page();

    /// <summary>Sets the key, and reads the cursor with it.</summary>
    /// <returns>Whether the cursor was made for this list.</returns>
    public bool TryOpen(byte[] key)
    {
        Key = key;
        After = Cursor is null ? null : Api.Cursor.Decode(Cursor, Filters, key);
        return Cursor is null || After is not null;
    }

    /// <summary>The cursor of the page after a position.</summary>
    public string CursorOf(string position) => Api.Cursor.Encode(position, Filters, Key);
}

internal static class Lists
{
    /// <summary>A list without pages.</summary>
    public static ListResponse<TItem> Whole<TSource, TItem>(IEnumerable<TSource> items, Func<TSource, TItem> render) =>
        new([.. items.Select(render)], HasMore: false, NextCursor: null);

    /// <summary>A page of items that are read as a whole, by a unique key.</summary>
    public static Page<T> Page<T>(this IEnumerable<T> items, Paging paging, Func<T, string> key)
    {
        T[] rest =
        [
            .. items.OrderBy(key, StringComparer.Ordinal)
                .Where(item => paging.After is null || string.CompareOrdinal(key(item), paging.After) > 0)
                .Take(paging.Limit + 1),
        ];
        return new Page<T>([.. rest.Take(paging.Limit)], rest.Length > paging.Limit ? key(rest[^2]) : null);
    }

    /// <summary>Renders a page and sets the <c>Link</c> to the next.</summary>
    public static ListResponse<TItem> Render<TSource, TItem>(
        this Page<TSource> page, Paging paging, HttpContext http, Func<TSource, TItem> render)
    {
        var (response, link) = page.Render(paging, new PageUrl(http.Request), render);
        http.Response.Headers.Link = link;
        return response;
    }

    /// <summary>Renders a page and the <c>Link</c> to the next.</summary>
    public static (ListResponse<TItem> Response, string? Link) Render<TSource, TItem>(
        this Page<TSource> page, Paging paging, PageUrl url, Func<TSource, TItem> render)
    {
        var next = page.Next is { } position ? paging.CursorOf(position) : null;
        var response = new ListResponse<TItem>(
            [.. page.Items.Select(render)], next is not null, next, page.LagSeconds > 0 ? page.LagSeconds : null);
        return (response, next is null ? null : $"<{url.With(next)}>; rel=\"next\"");
    }
}

/// <summary>The URL of a page. It does not need the request, which may have ended.</summary>
internal sealed class PageUrl(HttpRequest request)
{
    private readonly string _path = request.Path.ToUriComponent();
    private readonly IQueryCollection _query = request.Query;

    /// <summary>The same list from a cursor on.</summary>
    public string With(string cursor) =>
        _path + QueryString.Create(_query.Where(static pair => pair.Key is not "cursor").Append(new("cursor", cursor)));
}
