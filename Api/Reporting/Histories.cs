using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>Reads histories.</summary>
internal static class Histories
{
    /// <summary>A page of the events of a stream; null if the stream does not exist.</summary>
    public static async Task<ListResponse<T>?> HistoryAsync<T>(
        this IGrainFactory grains, string stream, HistoryParameters query, HttpContext http, Func<HistoryEntry, T> render)
    {
        var page = await grains.Queries().GetHistoryAsync(stream, query.After, query.Paging.Limit);
        return page.Items.IsEmpty && query.Paging.After is null ? null : page.Render(query.Paging, http, render);
    }
}
