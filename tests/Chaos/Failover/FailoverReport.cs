using System.Globalization;
using System.Text;

namespace ActorShop.Chaos.Failover;

/// <summary>What trials came to: a table, a row for each kind, each beside what is aimed at.</summary>
internal sealed class FailoverReport(FailoverPlan plan, IReadOnlyList<FailoverTrial> trials)
{
    private const double MedianLimit = 3;
    private const double WorstLimit = 5;
    private const double RestartLimit = 20;
    private const double RollingPart = 0.001;

    private const double StaleLimit = 1;

    // How much longer than the database the shop may be away before that counts as more than its own length.
    private const double DatabaseLimit = 2;

    public bool IsWithin => Rows().All(static row => row.IsWithin);

    public static string Line(FailoverTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);

        var head = string.Create(CultureInfo.InvariantCulture, $"{trial.Kind.ToString().ToLowerInvariant()} {trial.Number} ({trial.Target})");
        var tail = string.Create(
            CultureInfo.InvariantCulture, $"{trial.Failed:N0} of {trial.Attempts:N0} attempts failed{(trial.Failed == 0 ? string.Empty : $" ({string.Join(", ", trial.Failures.Select(static pair => $"{pair.Key}: {pair.Value}"))})")}, {trial.GivenUp:N0} requests given up");
        return trial.Kind switch
        {
            FailoverKind.Database => string.Create(
                CultureInfo.InvariantCulture, $"{head}: away for {trial.Lasted:N2} s, all well {trial.Worst:N2} s after it was back, {trial.Exits} silos ended; {tail}"),
            FailoverKind.All => string.Create(CultureInfo.InvariantCulture, $"{head}: first order after {trial.FirstOrder:N2} s"),
            FailoverKind.Deaf or FailoverKind.Isolated or FailoverKind.NoDatabase => string.Create(
                CultureInfo.InvariantCulture,
                $"{head}: {trial.Stale:N0} stale answers, the last {trial.Worst:N3} s after the change, {trial.Refused:N0} reads refused, all carts changed {trial.Lasted:N2} s after the fault"),
            FailoverKind.Stop or FailoverKind.Rolling => string.Create(
                CultureInfo.InvariantCulture, $"{head}: took {trial.Lasted:N2} s, {trial.Recoveries.Count:N0} callers noticed; {tail}"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{head}: {trial.Recoveries.Count:N0} callers noticed, median {At(trial.Recoveries, 0.5):N2} s, worst {trial.Worst:N2} s; {tail}"),
        };
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("| what | trials | median s | p99 s | max s | failed at first | failed for good | aim | within |");
        text.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |");
        foreach (var row in Rows())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.What} | {row.Trials} | {row.Median} | {row.P99} | {row.Max} | {row.Failed} | {row.GivenUp} | {row.Aim} | {(row.IsWithin ? "yes" : "no")} |");
        }

        return text.ToString();
    }

    /// <summary>A page: on what it was measured and by which command, the table, what its columns mean.</summary>
    public string ToPage() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Fail-over

        What callers notice when something of a cluster goes: `dotnet run -c Release --project tests/Chaos -- failover --trials {plan.Trials} --report docs/benchmarks/failover.md`,
        which writes this page. {plan.Silos} silos and {plan.Apis} APIs as processes of one machine with {Environment.ProcessorCount} cores, on a PostgreSQL of their own, client and database on the same cores.
        {plan.Customers} customers buy in a closed loop meanwhile, and {plan.Keys} callers ask for a cart each every {plan.ProbePause.TotalMilliseconds:N0} ms; a request that fails is repeated after 50 ms.

        {ToMarkdown()}
        - *kill, SIGSTOP*: a caller is one who noticed: whose call failed at first, or took longer than a second. The time is from the fault until that
          call succeeded; median, p99 and max are over the callers of all trials. The others, most of them, had their carts elsewhere.
        - *PostgreSQL*: from the moment the database takes connections again until the last caller is answered, the worst of each trial.
        - *stopped in order, rolling restart*: how long it took. What counts is what failed.
        - *everything killed*: from the start of the processes, the database among them, until the first order is acknowledged.
        - *no member, no database*: a client whose only gateway is the cut-off silo reads carts of that silo while they are changed through the others.
          The age of a stale answer is the time from the acknowledgement of the change to the answer; 0 for a cart without one.
        - *failed at first*: attempts of customers and callers together, within the trials, that got 5xx or nothing. An API that does not listen is passed
          over for the next, as a load balancer does, and is no failure. *Failed for good*: requests that did not succeed within two minutes of repetitions.

        """);

    private static double At(IReadOnlyList<double> sorted, double part) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];

    private static string Show(double seconds) => seconds.ToString("N2", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Stale(FailoverTrial[] of) => string.Create(
        CultureInfo.InvariantCulture,
        $"age of its stale answers ({of.Sum(static trial => trial.Stale):N0} in all; its carts changed elsewhere after {At([.. of.Select(static trial => trial.Lasted).Order()], 0.5):N1} s)");

    private IEnumerable<Row> Rows() => plan.Kinds.Where(kind => trials.Any(trial => trial.Kind == kind)).Select(RowOf);

    private Row RowOf(FailoverKind kind)
    {
        var of = trials.Where(trial => trial.Kind == kind).ToArray();
        double[] times = kind switch
        {
            FailoverKind.All => [.. of.Select(static trial => trial.FirstOrder).Order()],
            FailoverKind.Database => [.. of.Select(static trial => trial.Worst).Order()],
            FailoverKind.Deaf or FailoverKind.Isolated or FailoverKind.NoDatabase => [.. of.SelectMany(static trial => trial.Recoveries).Order()],
            FailoverKind.Kill or FailoverKind.Pause => [.. of.SelectMany(static trial => trial.Recoveries).Order()],
            _ => [.. of.Select(static trial => trial.Lasted).Order()],
        };
        var (attempts, failed, givenUp) = (of.Sum(static trial => (long)trial.Attempts), of.Sum(static trial => (long)trial.Failed), of.Sum(static trial => trial.GivenUp));
        var (median, p99, max) = (At(times, 0.5), At(times, 0.99), At(times, 1));
        var (what, aim, isWithin) = kind switch
        {
            FailoverKind.Kill => ("kill -9 of a silo, until calls to its grains succeed", "≤ 3 s median, ≤ 5 s p99", median <= MedianLimit && p99 <= WorstLimit),
            FailoverKind.Pause => ("SIGSTOP of a silo, until calls to its grains succeed", "≤ 3 s median, ≤ 5 s p99", median <= MedianLimit && p99 <= WorstLimit),
            FailoverKind.Database => (
                string.Create(CultureInfo.InvariantCulture, $"PostgreSQL away ({At([.. of.Select(static trial => trial.Lasted).Order()], 0.5):N1} s), until all callers are answered after it is back; {of.Sum(static trial => trial.Exits)} silos ended"),
                "its own length, no silo ends", max <= DatabaseLimit && of.All(static trial => trial.Exits == 0)),
            FailoverKind.Stop => ("a silo stopped in order, until it has gone", "0 failed", failed == 0),
            FailoverKind.All => ("everything killed and started, until the first order", "≤ 20 s", max <= RestartLimit),
            FailoverKind.Deaf => ($"a silo and the other members do not hear each other: {Stale(of)}", "≤ 1 s", max <= StaleLimit),
            FailoverKind.Isolated => ($"the same, and it has no database: {Stale(of)}", "≤ 1 s", max <= StaleLimit),
            FailoverKind.NoDatabase => ($"a silo has no database: {Stale(of)}", "≤ 1 s", max <= StaleLimit),
            _ => ("rolling restart of silos and APIs, until it is complete", "0 for good, < 0.1 % at first", givenUp == 0 && failed < attempts * RollingPart),
        };
        var part = attempts == 0 ? 0 : 100.0 * failed / attempts;
        return new Row(
            what, Count(of.Length), Show(median), Show(p99), Show(max),
            string.Create(CultureInfo.InvariantCulture, $"{failed:N0} of {attempts:N0} ({part:0.###} %)"), Count(givenUp), aim, isWithin);
    }

    private sealed record Row(
        string What, string Trials, string Median, string P99, string Max, string Failed, string GivenUp, string Aim, bool IsWithin);
}
