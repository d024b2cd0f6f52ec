namespace ActorShop;

/// <param name="Discounts">The discounts, zero or above.</param>
/// <param name="Taxes">Tax: within the lines where prices are tax-inclusive, on top where they are not.</param>
[GenerateSerializer, Immutable, Alias("orders.totals")]
public sealed record Totals(Money Subtotal, Money Discounts, Money Taxes, Money Shipping, Money Total, bool TaxInclusive)
{
    /// <summary>The most that an order costs or a credit note is worth, in minor units: a number that JavaScript holds exactly.</summary>
    public const long Max = 1_000_000_000_000_000;

    /// <summary>The totals of lines with their discounts and taxes. Tax adds to the total only where the prices do not contain it.</summary>
    /// <param name="shippingTaxes">The tax of <paramref name="shipping"/>.</param>
    public static Totals Of(
        ImmutableArray<Line> lines, string currency, bool taxInclusive, Money? shipping = null, Money? shippingTaxes = null)
    {
        var zero = Money.Zero(currency);
        var subtotal = lines.Aggregate(zero, static (sum, line) => sum + line.LineTotal);
        var discounts = lines.Aggregate(zero, (sum, line) => sum + (line.Discounts ?? zero));
        var taxes = lines.Aggregate(shippingTaxes ?? zero, (sum, line) => sum + (line.Taxes ?? zero));
        var carriage = shipping ?? zero;
        return new(subtotal, discounts, taxes, carriage, subtotal - discounts + carriage + (taxInclusive ? zero : taxes), taxInclusive);
    }
}
