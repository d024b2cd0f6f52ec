using System.Globalization;
using System.Text.Json;
using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>The query of a history.</summary>
internal sealed record HistoryParameters(Paging Paging) : IQuery<HistoryParameters>
{
    /// <summary>The sequence number to continue after.</summary>
    public long After => long.TryParse(Paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;

    public static HistoryParameters Read(QueryReader query) => new(query.Page());
}

/// <summary>Reads histories.</summary>
internal static class Histories
{
    /// <summary>The events of a stream.</summary>
    public static Task<Page<HistoryEntry>> HistoryAsync(this IGrainFactory grains, string stream, HistoryParameters parameters) =>
        grains.Queries().GetHistoryAsync(stream, parameters.After, parameters.Paging.Limit);
}

/// <summary>A step of an order.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Type">The type of the event.</param>
public sealed record StepResponse(long Sequence, DateTimeOffset At, string Type)
{
    internal static StepResponse Of(HistoryEntry entry) => new(entry.Sequence, entry.At, entry.Type);
}

/// <summary>An event with its data.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Type">The type of the event.</param>
/// <param name="Data">The data of the event.</param>
public sealed record EventResponse(long Sequence, DateTimeOffset At, string Type, JsonElement Data)
{
    internal static EventResponse Of(HistoryEntry entry)
    {
        using var data = JsonDocument.Parse(entry.Data);
        return new EventResponse(entry.Sequence, entry.At, entry.Type, data.RootElement.Clone());
    }
}
