namespace ActorShop.Testing.Invariants;

public static partial class ShopChecks
{
    private const string Cash = "cash";

    /// <summary>Each key has one effect at the provider. It never captures more than it holds, and never refunds more than it captured, in one currency.</summary>
    public static CheckResult ProviderChargesOnce(Evidence evidence)
    {
        var check = new Check("The payment provider charged nothing twice, and no more than it held");
        var done = evidence.Books.Provider.Where(static entry => entry.IsDone).ToArray();
        foreach (var effects in done.GroupBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            check.That(!effects.Skip(1).Any(), $"{effects.Key} had {effects.Count()} effects");
        }

        foreach (var payment in evidence.Paid)
        {
            // In the order of the journal: what is refunded too early is too much.
            var soFar = new List<ProviderEntry>();
            foreach (var entry in payment)
            {
                soFar.Add(entry);
                var paid = Payments.Of(soFar);
                check.That(paid.Captured <= paid.Authorised && paid.Refunded <= paid.Captured, $"{payment.Key}: {paid}");
                check.That(
                    entry.Kind is "void" || string.Equals(entry.Currency, soFar[0].Currency, StringComparison.Ordinal), $"{entry.Key} is in {entry.Currency}, its hold in {soFar[0].Currency}");
            }
        }

        return check.Result(Count(done.Length, "operations with an effect"));
    }

    /// <summary>The provider, the orders and the account book agree on the captured and refunded money. The book sums to zero, event by event.</summary>
    public static CheckResult MoneyIsConserved(Evidence evidence)
    {
        var check = new Check("Money is conserved: provider, orders and account book agree, and the book sums to zero");
        var cards = evidence.Books.Orders.Values.Where(static order => order.Cart is not null).ToDictionary(static order => order.Id, StringComparer.Ordinal);
        var provider = Payments.Of(evidence.Books.Provider.Where(static entry => entry.IsDone));
        var cash = evidence.Books.Postings.Where(row => row.Posting.Account is Cash && cards.ContainsKey(row.Stream)).Sum(static row => row.Posting.Amount);
        var orders = cards.Values
            .Where(static order => order.PaymentStatus is "captured" or "partially_refunded" or "refunded")
            .Sum(static order => order.Total - order.Refunded);
        var net = provider.Captured - provider.Refunded;
        check.That(cash == net, $"{Money(cash)} are in the cash account, {Money(net)} at the provider");
        check.That(orders == net, $"{Money(orders)} are in the orders, {Money(net)} at the provider");
        foreach (var moved in evidence.Books.Postings.GroupBy(static row => (row.Stream, row.Posting.Sequence, row.Posting.Currency)))
        {
            var sum = moved.Sum(static row => row.Posting.Amount);
            check.That(sum == 0, $"the postings of event {moved.Key.Sequence} of {moved.Key.Stream} sum to {Money(sum)}");
        }

        return check.Result(
            $"{Money(provider.Captured)} captured − {Money(provider.Refunded)} refunded = {Money(net)}; cash {Money(cash)}; orders {Money(orders)}; {Count(evidence.Books.Postings.Count, "postings")}");
    }

    public static CheckResult OrdersAreCovered(Evidence evidence)
    {
        var check = new Check("Confirmed orders are held or paid in full, others cost nothing");
        var cards = evidence.Books.Orders.Values.Where(static order => order.Cart is not null).ToArray();
        var known = cards.Select(static order => order.Payment).ToHashSet(StringComparer.Ordinal);
        foreach (var payment in evidence.Books.Provider.Select(static entry => entry.Payment).Distinct(StringComparer.Ordinal))
        {
            check.That(known.Contains(payment), $"{payment} is in the journal of the provider, but has no order");
        }

        foreach (var order in cards)
        {
            var paid = Payments.Of(evidence.Paid[order.Payment]);
            var isCovered = order switch
            {
                { IsConfirmed: true, PaymentStatus: "authorised" } => paid.Held == order.Total && paid.Captured == 0,
                { IsConfirmed: true } => paid.Captured == order.Total && paid.Refunded == order.Refunded,
                { IsVoid: true } => paid.Held == 0 && paid.Captured == paid.Refunded,
                _ => paid.Captured == paid.Refunded,
            };
            check.That(isCovered, $"{order.Id} of {Money(order.Total)} is {order.Status}, {order.PaymentStatus}: {paid}");
        }

        var confirmed = cards.Count(static order => order.IsConfirmed);
        return check.Result($"{Count(confirmed, "confirmed")}, {Count(cards.Length - confirmed, "failed or cancelled")}");
    }

    private sealed record Payments(long Held, long Authorised, long Captured, long Refunded)
    {
        public static Payments Of(IEnumerable<ProviderEntry> done)
        {
            var entries = done.ToArray();
            var isVoided = Array.Exists(entries, static entry => entry.Kind is "void");
            var (authorised, captured) = (Sum("authorise"), Sum("capture"));
            return new(isVoided || captured > 0 ? 0 : authorised, authorised, captured, Sum("refund"));

            long Sum(string kind) => entries.Where(entry => string.Equals(entry.Kind, kind, StringComparison.Ordinal)).Sum(static entry => entry.Amount);
        }

        public override string ToString() => $"{Money(Authorised)} authorised, {Money(Held)} held, {Money(Captured)} captured, {Money(Refunded)} refunded";
    }
}
