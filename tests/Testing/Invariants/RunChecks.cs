using System.Globalization;
using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

/// <summary>What must hold of the run itself: it proves nothing if hardly any request succeeded.</summary>
public static class RunChecks
{
    public static CheckResult EveryRequestIsAnswered(IReadOnlyCollection<Receipt> receipts)
    {
        var check = new Check("Every repeated request was answered");
        check.Add(receipts.Where(static receipt => receipt.Reply.IsUnknown).Select(static receipt => $"{receipt}"));
        return check.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"{receipts.Count:N0} answers, the longest after {receipts.Select(static receipt => receipt.Took).DefaultIfEmpty().Max().TotalSeconds:N1} s"));
    }

    /// <summary>A fault outside the shop is reported as 503 or 504; 500 is a bug of the shop.</summary>
    public static CheckResult NothingFails(IReadOnlyList<Attempt> attempts)
    {
        var check = new Check("No answer is an internal error (500)");
        check.Add(attempts.Where(static attempt => attempt.Status == 500).GroupBy(static attempt => attempt.Kind).Select(static group => $"{group.Key}: {group.Count()} times 500"));
        return check.Result(string.Create(CultureInfo.InvariantCulture, $"{attempts.Count:N0} answers"));
    }

    public static CheckResult ClientsSawNothingWrong(Receipts receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);

        var check = new Check("No client saw a wrong answer during the run");
        check.Add(receipts.Violations);
        return check.Result(string.Create(CultureInfo.InvariantCulture, $"{receipts.All.Count:N0} receipts"));
    }

    /// <summary>Between faults almost every request is answered, and each kind of request succeeds.</summary>
    /// <param name="calm">Whether nothing was broken, nor its effects felt, while an attempt ran.</param>
    public static CheckResult EnoughSucceeds(IReadOnlyList<Attempt> attempts, Func<Attempt, bool> calm, int percent, IEnumerable<CallKind> needed)
    {
        ArgumentNullException.ThrowIfNull(needed);

        var check = new Check(string.Create(CultureInfo.InvariantCulture, $"Between faults at least {percent} of 100 requests were answered"));
        var inCalm = attempts.Where(calm).ToArray();
        var (served, all) = (inCalm.Count(static attempt => attempt.IsServed), inCalm.Length);
        check.That(served * 100L >= all * (long)percent && all > 0, $"{served} of {all} requests were answered between faults");
        foreach (var kind in needed)
        {
            check.That(attempts.Any(attempt => attempt.Kind == kind && attempt.Status is >= 200 and < 300), $"no request succeeded of the kind {kind}");
        }

        return check.Result(string.Create(CultureInfo.InvariantCulture, $"{served:N0} of {all:N0}"));
    }
}
