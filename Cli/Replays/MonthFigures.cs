namespace ActorShop.Cli.Replays;

/// <summary>The figures of a month as the sales report has them, in minor units: reported by the shop, or due by what the shop accepted.</summary>
/// <param name="Orders">Orders.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Gross">Their totals.</param>
/// <param name="ReturnDocuments">Refunds, credit notes and entries.</param>
/// <param name="ReturnLines">Lines of refunds and credit notes.</param>
/// <param name="Refunded">Amounts refunded to orders.</param>
/// <param name="Credited">Amounts granted as credit notes.</param>
/// <param name="Entries">Bad debt, signed.</param>
/// <param name="Net">The sum of all amounts.</param>
internal sealed record MonthFigures(
    int Orders, int Lines, long Gross, int ReturnDocuments, int ReturnLines, long Refunded, long Credited, long Entries, long Net)
{
    public static MonthFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static MonthFigures operator +(MonthFigures one, MonthFigures other) => new(
        one.Orders + other.Orders, one.Lines + other.Lines, one.Gross + other.Gross, one.ReturnDocuments + other.ReturnDocuments,
        one.ReturnLines + other.ReturnLines, one.Refunded + other.Refunded, one.Credited + other.Credited, one.Entries + other.Entries,
        one.Net + other.Net);
}
