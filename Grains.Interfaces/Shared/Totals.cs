namespace ActorShop;

/// <summary>The sums of a cart or an order, all in one currency. <see cref="Total"/> is what is paid.</summary>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discounts">What is taken off, zero or above.</param>
/// <param name="Taxes">Tax: within the lines where prices are tax-inclusive, on top where they are not.</param>
/// <param name="Shipping">Carriage.</param>
/// <param name="Total">What is paid.</param>
/// <param name="TaxInclusive">Whether prices contain the tax.</param>
[GenerateSerializer, Immutable, Alias("orders.totals")]
public sealed record Totals(Money Subtotal, Money Discounts, Money Taxes, Money Shipping, Money Total, bool TaxInclusive)
{
    /// <summary>The sums of lines without discount, carriage or tax of their own.</summary>
    public static Totals Of(ImmutableArray<Line> lines, string currency, bool taxInclusive)
    {
        var zero = Money.Zero(currency);
        return Of(lines, discounts: zero, taxes: zero, shipping: zero, taxInclusive);
    }

    /// <summary>The sums of lines. Tax adds to the total only where the prices do not contain it.</summary>
    public static Totals Of(ImmutableArray<Line> lines, Money discounts, Money taxes, Money shipping, bool taxInclusive)
    {
        var subtotal = lines.Aggregate(Money.Zero(discounts.Currency), static (sum, line) => sum + line.LineTotal);
        var total = subtotal - discounts + shipping + (taxInclusive ? Money.Zero(taxes.Currency) : taxes);
        return new(subtotal, discounts, taxes, shipping, total, taxInclusive);
    }
}
