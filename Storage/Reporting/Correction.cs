using System.Globalization;

namespace ActorShop.Storage.Reporting;

/// <summary>What lessens the sales of a day after the fact: a refund, a credit note, an entry by hand.</summary>
/// <param name="Stream">The stream of the event that says so.</param>
/// <param name="Sequence">Its number there.</param>
/// <param name="Day">The day it counts for.</param>
/// <param name="Currency">Of the amounts.</param>
/// <param name="Document">The paper it is part of: parts of one paper, such as the refunds of a cancellation that names several orders, share it.</param>
/// <param name="Refunded">What went back to customers.</param>
/// <param name="Credited">What is owed to them instead.</param>
/// <param name="Entry">What was entered by hand, as sales gain by it.</param>
/// <param name="Lines">The lines it is about.</param>
internal sealed record Correction(
    string Stream, long Sequence, DateOnly Day, string Currency, string Document, long Refunded, long Credited, long Entry, int Lines)
{
    /// <summary>The account of what is owed to customers beyond refunds.</summary>
    private const string CreditNotes = "credit-notes";

    public static Correction Of(EventRow row, RefundPart refund) => new(
        row.Stream,
        row.Sequence,
        DayOf(refund.At ?? row.At),
        (refund.Refunded ?? refund.Credited)?.Currency ?? string.Empty,
        DocumentOf(row, refund.ExternalId),
        refund.Refunded?.Amount ?? 0,
        refund.Credited?.Amount ?? 0,
        Entry: 0,
        refund.Lines);

    // What an account gains by an entry the cash loses: a credit note lessens sales, and so does what bad debt gains.
    public static Correction Of(EventRow row, EntryPart entry)
    {
        var isCreditNote = string.Equals(entry.Account, CreditNotes, StringComparison.Ordinal);
        return new(
            row.Stream,
            row.Sequence,
            DayOf(entry.At),
            entry.Amount.Currency,
            DocumentOf(row, entry.ExternalId),
            Refunded: 0,
            Credited: isCreditNote ? entry.Amount.Amount : 0,
            Entry: isCreditNote ? 0 : -entry.Amount.Amount,
            Lines: isCreditNote ? entry.Items.Length : 0);
    }

    /// <summary>The day of a moment in the reports.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private static string DocumentOf(EventRow row, string? externalId) =>
        externalId ?? string.Create(CultureInfo.InvariantCulture, $"{row.Stream}#{row.Sequence}");
}
