using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>The outcome of a step in the journal.</summary>
/// <param name="Key">The step.</param>
/// <param name="Fate">The kind of outcome.</param>
/// <param name="OrderId">The shop's id of the order.</param>
/// <param name="Refunded">Minor units refunded to an order.</param>
/// <param name="Credited">Minor units granted as credit notes: all of them, or what a refund had beyond the price of the lines.</param>
/// <param name="NoteLines">Lines of a refund that the order lacked and that became a credit note of their own.</param>
/// <param name="NoteAmount">The amount of that note, not in <paramref name="Credited"/>.</param>
/// <param name="Code">The problem code of a refusal.</param>
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
