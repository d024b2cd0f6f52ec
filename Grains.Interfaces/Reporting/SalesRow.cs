namespace ActorShop.Reporting;

/// <summary>What was sold and given back in a period.</summary>
/// <param name="Period"><c>2011-11-04</c> or <c>2011-11</c>.</param>
/// <param name="Orders">Orders confirmed, by the day they were placed.</param>
/// <param name="Refunded">Refunds of orders, by the day they were made, zero or above.</param>
/// <param name="Credited">Credit notes, by their day, zero or above.</param>
/// <param name="Entries">
/// Other manual entries (such as bad debt), by their day, as the cash has them: negative where the entry's account gained.
/// </param>
/// <param name="RefundedLines">Lines of refunds and credit notes.</param>
/// <param name="Documents">Refunds, credit notes and entries, counted as documents.</param>
/// <param name="Net">Gross less refunded less credited plus entries.</param>
[GenerateSerializer, Immutable, Alias("reporting.sales-row")]
public sealed record SalesRow(
    string Period, int Orders, int Lines, long Units, MoneySum Gross, MoneySum Refunded, MoneySum Credited, MoneySum Entries, int RefundedLines,
    int Documents, MoneySum Net);
