using System.Text.Json.Serialization;

namespace ActorShop.Accounting;

/// <summary>What happened to a manual entry.</summary>
[Alias("orders.ledger-entry-event")]
internal abstract record LedgerEntryEvent : IEvent
{
    /// <inheritdoc/>
    public virtual ImmutableArray<string> Topics => [];

    /// <inheritdoc/>
    public virtual ImmutableArray<(string Account, Money Amount)> Postings => [];

    /// <summary>The state after the event.</summary>
    public abstract BookEntry ApplyTo(BookEntry entry);

    /// <summary>The book has it; units to restock go back on the shelf next.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="ResumeAt">When somebody should look whether the units are back.</param>
    [Alias("orders.ledger-entry-event.posted")]
    internal sealed record Posted(LedgerEntry Entry, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : LedgerEntryEvent
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => ["reporting"];

        /// <inheritdoc/>
        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Accounts.Move(Entry.Amount, Accounts.Cash, Entry.Account);

        /// <inheritdoc/>
        public override BookEntry ApplyTo(BookEntry entry) => new()
        {
            Entry = Entry,
            ResumeAt = Entry.Items.Any(static item => item.Restock) ? ResumeAt : null,
        };
    }

    /// <summary>The units are back on the shelf.</summary>
    [Alias("orders.ledger-entry-event.restocked")]
    internal sealed record Restocked : LedgerEntryEvent
    {
        /// <inheritdoc/>
        public override BookEntry ApplyTo(BookEntry entry) => entry with { ResumeAt = null };
    }
}
