using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>A step of an order.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Type">The type of the event.</param>
public sealed record StepResponse(long Sequence, DateTimeOffset At, string Type)
{
    internal static StepResponse Of(HistoryEntry entry) => new(entry.Sequence, entry.At, entry.Type);
}

internal static class Histories
{
    /// <summary>A page of the events of a stream.</summary>
    public static async Task<Results<Ok<ListResponse<T>>, Problem>> HistoryAsync<T>(
        this IGrainFactory grains, string stream, Paging paging, HttpContext http, Func<HistoryEntry, T> render, ProblemKind notFound)
    {
        _ = long.TryParse(paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var page = await grains.Queries().GetHistoryAsync(stream, after, paging.Limit);
        return page.Items.IsEmpty && paging.After is null ? new Problem(notFound) : TypedResults.Ok(page.Render(paging, http, render));
    }
}
