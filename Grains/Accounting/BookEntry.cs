using System.Text.Json.Serialization;

namespace ActorShop.Accounting;

internal sealed record BookEntry : IEntity
{
    public LedgerEntry? Entry { get; init; }

    /// <summary>When restocking is resumed; null once the units are back.</summary>
    [JsonPropertyName("look")]
    public DateTimeOffset? ResumeAt { get; init; }

    public DateTimeOffset? Due => ResumeAt;

    public string? Label => ResumeAt is null ? null : "restocking";

    /// <summary>Stores the entry, unless another one has its id.</summary>
    /// <remarks>The time is not compared: a repeat of a request without a time has another one.</remarks>
    public Decision<PostEntryResult, LedgerEntryEvent> Post(LedgerEntry entry, DateTimeOffset resumeAt) => Entry switch
    {
        null => new(new PostEntryResult.Posted(entry), [new LedgerEntryEvent.Posted(entry, resumeAt)]),
        var existing when IsSame(existing, entry) => new(new PostEntryResult.Posted(existing), []),
        var existing => new(new PostEntryResult.Taken(existing), []),
    };

    public ImmutableArray<LedgerEntryEvent> EndRestock() => ResumeAt is null ? [] : [new LedgerEntryEvent.Restocked()];

    private static bool IsSame(LedgerEntry one, LedgerEntry other) =>
        one with { At = default, Items = [] } == (other with { At = default, Items = one.Items.IsDefault ? default : [] })
        && one.Items.SequenceEqual(other.Items);
}
