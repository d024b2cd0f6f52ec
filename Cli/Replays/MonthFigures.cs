namespace ActorShop.Cli.Replays;

/// <summary>The figures of a month as the sales report has them, in minor units: reported by the shop, or due by what the shop accepted.</summary>
/// <remarks>Return documents are refunds, credit notes and entries; entries are bad debt, signed.</remarks>
internal sealed record MonthFigures(
    int Orders, int Lines, long Gross, int ReturnDocuments, int ReturnLines, long Refunded, long Credited, long Entries, long Net)
{
    public static MonthFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static MonthFigures operator +(MonthFigures one, MonthFigures other) => new(
        one.Orders + other.Orders, one.Lines + other.Lines, one.Gross + other.Gross, one.ReturnDocuments + other.ReturnDocuments,
        one.ReturnLines + other.ReturnLines, one.Refunded + other.Refunded, one.Credited + other.Credited, one.Entries + other.Entries,
        one.Net + other.Net);

    public static MonthFigures Sum(IEnumerable<MonthFigures> months) => months.Aggregate(None, static (sum, month) => sum + month);
}
