using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>The outcome of a step in the journal. Amounts are in minor units.</summary>
/// <remarks>
/// <c>Credited</c> is the amount of a credit note, or what a refund had beyond the price of the lines. Lines of a refund that the order lacked
/// became a credit note of their own: <c>NoteLines</c> and <c>NoteAmount</c>, which is not in <c>Credited</c>.
/// </remarks>
internal sealed record ReplayOutcome(
    string Key, ReplayFate Fate, string? OrderId = null, long Refunded = 0, long Credited = 0, int NoteLines = 0, long NoteAmount = 0,
    string? Code = null);

[JsonConverter(typeof(JsonStringEnumConverter<ReplayFate>))]
internal enum ReplayFate
{
    Done,

    /// <summary>The shop refused it by a rule, such as too little stock. It has no effect.</summary>
    Refused,

    /// <summary>It gives back what was never sold, since the order was refused. No request was sent.</summary>
    Pointless,
}
