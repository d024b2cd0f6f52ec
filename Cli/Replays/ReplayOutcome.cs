using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>What became of a step, as the journal has it.</summary>
/// <param name="Key">The step.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="OrderId">The shop's id of the order, with orders that came about.</param>
/// <param name="Refunded">Minor units given back of an order.</param>
/// <param name="Credited">Minor units that became credit notes: all of them, or what a refund had beyond the line.</param>
/// <param name="NoteLines">Lines of a refund that the order lacked and that became a credit note of their own.</param>
/// <param name="NoteAmount">What that note came to, not in <paramref name="Credited"/>.</param>
/// <param name="Code">Why it was refused.</param>
internal sealed record ReplayOutcome(
    string Key, ReplayFate Fate, string? OrderId = null, long Refunded = 0, long Credited = 0, int NoteLines = 0, long NoteAmount = 0,
    string? Code = null);

/// <summary>What became of a step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplayFate>))]
internal enum ReplayFate
{
    /// <summary>It took effect.</summary>
    Done,

    /// <summary>The shop refused it by a rule, such as too little stock. It has no effect.</summary>
    Refused,

    /// <summary>It gives back what was never sold, since the order was refused. Nothing was asked.</summary>
    Pointless,
}
