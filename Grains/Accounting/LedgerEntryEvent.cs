using System.Text.Json.Serialization;

namespace ActorShop.Accounting;

[Alias("orders.ledger-entry-event")]
internal abstract record LedgerEntryEvent : EntityEvent<BookEntry>, IEvent
{
    public virtual ImmutableArray<string> Topics => [];

    public virtual ImmutableArray<(string Account, Money Amount)> Postings => [];

    /// <summary>The entry is stored; its units return to stock next.</summary>
    [Alias("orders.ledger-entry-event.posted")]
    internal sealed record Posted(LedgerEntry Entry, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : LedgerEntryEvent
    {
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Accounts.Move(Entry.Amount, Accounts.Cash, Entry.Account);

        public override BookEntry ApplyTo(BookEntry entry) => new()
        {
            Entry = Entry,
            ResumeAt = Entry.Items.Any(static item => item.Restock) ? ResumeAt : null,
        };
    }

    [Alias("orders.ledger-entry-event.restocked")]
    internal sealed record Restocked : LedgerEntryEvent
    {
        public override BookEntry ApplyTo(BookEntry entry) => entry with { ResumeAt = null };
    }
}
