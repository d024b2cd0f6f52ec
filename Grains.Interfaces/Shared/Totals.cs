namespace ActorShop;

/// <param name="Discounts">The discounts, zero or above.</param>
/// <param name="Taxes">Tax: within the lines where prices are tax-inclusive, on top where they are not.</param>
[GenerateSerializer, Immutable, Alias("orders.totals")]
public sealed record Totals(Money Subtotal, Money Discounts, Money Taxes, Money Shipping, Money Total, bool TaxInclusive)
{
    /// <summary>The totals of lines without discount, shipping or tax.</summary>
    public static Totals Of(ImmutableArray<Line> lines, string currency, bool taxInclusive)
    {
        var zero = Money.Zero(currency);
        return Of(lines, discounts: zero, taxes: zero, shipping: zero, taxInclusive);
    }

    /// <summary>The totals of lines. Tax adds to the total only where the prices do not contain it.</summary>
    public static Totals Of(ImmutableArray<Line> lines, Money discounts, Money taxes, Money shipping, bool taxInclusive)
    {
        var subtotal = lines.Aggregate(Money.Zero(discounts.Currency), static (sum, line) => sum + line.LineTotal);
        var total = subtotal - discounts + shipping + (taxInclusive ? Money.Zero(taxes.Currency) : taxes);
        return new(subtotal, discounts, taxes, shipping, total, taxInclusive);
    }
}
