using System.Globalization;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Workload;

namespace ActorShop.Chaos.Checks;

/// <summary>What must hold of the run itself: a shop of which nothing was asked shows nothing.</summary>
internal static class RunChecks
{
    // After a fault the shop is given so long before it counts as calm again.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CheckResult> All(
        Receipts receipts, IReadOnlyList<Attempt> attempts, Nemesis nemesis, IReadOnlyList<string> wrong, TimeSpan opened, TimeSpan closed) =>
    [
        EverybodyIsAnswered(receipts.All),
        NothingFails(attempts),
        EnoughSucceeds(attempts, nemesis.Done, opened, closed),
        new("Nobody saw what must not be, while it went on", Count(attempts.Count, "requests"), [.. receipts.Wrong]),
        new("Processes end and come back as they should", Count(nemesis.Done.Count, "faults"), [.. nemesis.Wrong, .. wrong]),
    ];

    /// <summary>Whoever repeats a request is answered in the end.</summary>
    public static CheckResult EverybodyIsAnswered(IReadOnlyCollection<Receipt> receipts) => new(
        "Whoever went on asking was answered",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{receipts.Count:N0} answers, the longest wait {receipts.Select(static receipt => receipt.Took).DefaultIfEmpty().Max().TotalSeconds:N1} s"),
        [.. receipts.Where(static receipt => receipt.IsUnknown).Select(static receipt => $"{receipt.Key} ({receipt.Kind}) was never answered")]);

    /// <summary>A fault of the surroundings is said to be one (503, 504): 500 is the shop's own.</summary>
    public static CheckResult NothingFails(IReadOnlyList<Attempt> attempts) => new(
        "No answer is a failure of the shop's own (500)",
        Count(attempts.Count, "answers"),
        [.. attempts.Where(static attempt => attempt.Status == 500).GroupBy(static attempt => attempt.Kind).Select(static group => $"{group.Key}: {group.Count()} times 500")]);

    /// <summary>While nothing was broken, hardly anything failed; and every kind of request came about.</summary>
    public static CheckResult EnoughSucceeds(IReadOnlyList<Attempt> attempts, IReadOnlyList<FaultRecord> faults, TimeSpan opened, TimeSpan closed)
    {
        var calm = attempts.Where(attempt => attempt.Began >= opened && attempt.Ended <= closed
            && !faults.Any(fault => attempt.Ended >= fault.Began && attempt.Began <= fault.Ready + Recovery)).ToArray();
        var (served, all) = (calm.Count(static attempt => attempt.IsServed), calm.Length);
        var violations = new List<string>();
        if (served * 100L < all * 99L || all == 0)
        {
            violations.Add($"{served} of {all} requests were answered while nothing was broken");
        }

        foreach (var kind in (RequestKind[])[RequestKind.Cart, RequestKind.CartLine, RequestKind.Checkout, RequestKind.Operation, RequestKind.Stock])
        {
            if (!attempts.Any(attempt => attempt.Kind == kind && attempt.Status is >= 200 and < 300))
            {
                violations.Add($"nobody was ever answered who asked for: {kind}");
            }
        }

        return new(
            "While nothing was broken, at least 99 of 100 requests were answered",
            string.Create(CultureInfo.InvariantCulture, $"{served:N0} of {all:N0}"), violations);
    }

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");
}
