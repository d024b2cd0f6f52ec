using System.Globalization;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Traffic;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Chaos.Checks;

/// <summary>What must hold of the run itself: it proves nothing if hardly any request succeeded.</summary>
internal static class RunChecks
{
    // The time after a fault until the shop counts as calm again.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>All checks.</summary>
    public static IReadOnlyList<CheckResult> All(
        Receipts receipts, IReadOnlyList<Attempt> attempts, Nemesis nemesis, IReadOnlyList<string> wrong, TimeSpan opened, TimeSpan closed) =>
    [
        EveryRequestIsAnswered(receipts.All),
        NothingFails(attempts),
        EnoughSucceeds(attempts, nemesis.Done, opened, closed),
        new("No client saw a wrong answer during the run", Count(attempts.Count, "requests"), [.. receipts.Violations]),
        new("Processes end and return as expected", Count(nemesis.Done.Count, "faults"), [.. nemesis.Wrong, .. wrong]),
    ];

    /// <summary>A request that is repeated is answered in the end.</summary>
    public static CheckResult EveryRequestIsAnswered(IReadOnlyCollection<Receipt> receipts) => new(
        "Every repeated request was answered",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{receipts.Count:N0} answers, the longest after {receipts.Select(static receipt => receipt.Took).DefaultIfEmpty().Max().TotalSeconds:N1} s"),
        [.. receipts.Where(static receipt => receipt.Reply.IsUnknown).Select(static receipt => $"{receipt}")]);

    /// <summary>A fault outside the shop is reported as 503 or 504; 500 is a bug of the shop.</summary>
    public static CheckResult NothingFails(IReadOnlyList<Attempt> attempts) => new(
        "No answer is an internal error (500)",
        Count(attempts.Count, "answers"),
        [.. attempts.Where(static attempt => attempt.Status == 500).GroupBy(static attempt => attempt.Kind).Select(static group => $"{group.Key}: {group.Count()} times 500")]);

    /// <summary>Between faults almost every request is answered, and each kind of request succeeds.</summary>
    public static CheckResult EnoughSucceeds(IReadOnlyList<Attempt> attempts, IReadOnlyList<FaultRecord> faults, TimeSpan opened, TimeSpan closed)
    {
        var calm = attempts.Where(attempt => attempt.Began >= opened && attempt.Ended <= closed
            && !faults.Any(fault => attempt.Ended >= fault.Began && attempt.Began <= fault.Ready + Recovery)).ToArray();
        var (served, all) = (calm.Count(static attempt => attempt.IsServed), calm.Length);
        var violations = new List<string>();
        if (served * 100L < all * 99L || all == 0)
        {
            violations.Add($"{served} of {all} requests were answered between faults");
        }

        violations.AddRange(Enum.GetValues<CallKind>()
            .Where(kind => !attempts.Any(attempt => attempt.Kind == kind && attempt.Status is >= 200 and < 300))
            .Select(static kind => $"no request succeeded of the kind {kind}"));
        return new(
            "Between faults at least 99 of 100 requests were answered",
            string.Create(CultureInfo.InvariantCulture, $"{served:N0} of {all:N0}"), violations);
    }

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");
}
