using System.Text.Json;
using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>An event with its data.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Type">The type of the event.</param>
/// <param name="Data">The data of the event.</param>
public sealed record EventResponse(long Sequence, DateTimeOffset At, string Type, JsonElement Data)
{
    internal static EventResponse Of(HistoryEntry entry) =>
        new(entry.Sequence, entry.At, entry.Type, JsonElement.Parse(entry.Data));
}
