using System.Text.Json.Serialization;

namespace ActorShop.Accounting;

/// <summary>What a manual entry remembers.</summary>
internal sealed record BookEntry : IEntity<BookEntry, LedgerEntryEvent>
{
    public LedgerEntry? Entry { get; init; }

    /// <summary>When somebody should look whether the units are back; null when they are.</summary>
    [JsonPropertyName("look")]
    public DateTimeOffset? ResumeAt { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? Due => ResumeAt;

    /// <inheritdoc/>
    public string? Label => ResumeAt is null ? null : "restocking";

    /// <summary>Writes the entry, or says that another one has its id.</summary>
    /// <remarks>The time is not compared: whoever repeats a request without one states another moment.</remarks>
    public Decision<PostEntryResult, LedgerEntryEvent> Post(LedgerEntry entry, DateTimeOffset look)
    {
        if (Entry is { } existing)
        {
            return IsSame(existing, entry)
                ? new(new PostEntryResult.Posted(existing), [])
                : new(new PostEntryResult.Taken(existing), []);
        }

        return new(new PostEntryResult.Posted(entry), [new LedgerEntryEvent.Posted(entry, look)]);
    }

    /// <summary>The units are back.</summary>
    public Decision<bool, LedgerEntryEvent> EndRestock() => ResumeAt is null ? new(false, []) : new(true, [new LedgerEntryEvent.Restocked()]);

    /// <inheritdoc/>
    public BookEntry Apply(LedgerEntryEvent happened) => happened.ApplyTo(this);

    private static bool IsSame(LedgerEntry one, LedgerEntry other) =>
        one with { At = default, Items = [] } == (other with { At = default, Items = one.Items.IsDefault ? default : [] })
        && one.Items.SequenceEqual(other.Items);
}
