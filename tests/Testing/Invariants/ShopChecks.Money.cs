namespace ActorShop.Testing.Invariants;

public static partial class ShopChecks
{
    private const string Cash = "cash";

    /// <summary>Each key has one effect at the provider. It never captures more than it holds, and never refunds more than it captured.</summary>
    public static CheckResult ProviderChargesOnce(Evidence evidence)
    {
        var done = evidence.Books.Provider.Where(static entry => entry.IsDone).ToArray();
        var violations = done.GroupBy(static entry => entry.Key, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => $"{group.Key} had {group.Count()} effects")
            .ToList();
        foreach (var payment in done.GroupBy(static entry => entry.Payment, StringComparer.Ordinal))
        {
            var paid = Paid.Of(payment);
            if (paid.Captured > paid.Authorised || paid.Refunded > paid.Captured)
            {
                violations.Add($"{payment.Key}: {paid}");
            }
        }

        return new("The payment provider charged nothing twice, and no more than it held", Count(done.Length, "operations with an effect"), violations);
    }

    /// <summary>The provider, the orders and the account book agree on the captured and refunded money. The book sums to zero.</summary>
    public static CheckResult MoneyIsConserved(Evidence evidence)
    {
        var (orders, postings) = (evidence.Books.Orders, evidence.Books.Postings);
        var provider = Paid.Of(evidence.Books.Provider.Where(static entry => entry.IsDone));
        var cash = postings.Where(sum => sum.Account is Cash && orders.ContainsKey(sum.Stream)).Sum(static sum => sum.Amount);
        var inOrders = orders.Values
            .Where(static order => order.PaymentStatus is "captured" or "partially_refunded" or "refunded")
            .Sum(static order => order.Total - order.Refunded);
        var (net, all) = (provider.Captured - provider.Refunded, postings.Sum(static sum => sum.Amount));
        var violations = new List<string>();
        if (cash != net)
        {
            violations.Add($"{Money(cash)} are in the cash account, {Money(net)} at the provider");
        }

        if (inOrders != net)
        {
            violations.Add($"{Money(inOrders)} are in the orders, {Money(net)} at the provider");
        }

        if (all != 0)
        {
            violations.Add($"the account book sums to {Money(all)}");
        }

        return new(
            "Money is conserved: provider, orders and account book agree, and the book sums to zero",
            $"{Money(provider.Captured)} captured − {Money(provider.Refunded)} refunded = {Money(net)}; cash {Money(cash)}; orders {Money(inOrders)}; all accounts {Money(all)}",
            violations);
    }

    /// <summary>A confirmed order is held or paid in full, another one costs nothing, and each payment has an order.</summary>
    public static CheckResult OrdersAreCovered(Evidence evidence)
    {
        var payments = evidence.Books.Provider.Where(static entry => entry.IsDone).ToLookup(static entry => entry.Payment, StringComparer.Ordinal);
        var known = evidence.Books.Orders.Values.Select(static order => order.Payment).ToHashSet(StringComparer.Ordinal);
        var violations = payments.Where(payment => !known.Contains(payment.Key)).Select(static payment => $"{payment.Key} is in the journal of the provider, but has no order").ToList();
        foreach (var order in evidence.Books.Orders.Values)
        {
            var paid = Paid.Of(payments[order.Payment]);
            var isCovered = order switch
            {
                { IsConfirmed: true, PaymentStatus: "authorised" } => paid.Held == order.Total && paid.Captured == 0,
                { IsConfirmed: true } => paid.Captured == order.Total && paid.Refunded == order.Refunded,
                { Status: "failed" or "cancelled" } => paid.Held == 0 && paid.Captured == paid.Refunded,
                _ => true,
            };
            if (!isCovered)
            {
                violations.Add($"{order.Id} of {Money(order.Total)} is {order.Status}, {order.PaymentStatus}: {paid}");
            }
        }

        var standing = evidence.Books.Orders.Values.Count(static order => order.IsConfirmed);
        return new(
            "Confirmed orders are held or paid in full, others cost nothing",
            $"{Count(standing, "confirmed")}, {Count(evidence.Books.Orders.Count - standing, "failed or cancelled")}", violations);
    }

    private sealed record Paid(long Held, long Authorised, long Captured, long Refunded)
    {
        public static Paid Of(IEnumerable<ProviderEntry> done)
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
