using System.Globalization;
using System.Text;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Traffic;
using ActorShop.Cli.Terminal;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Chaos.Reports;

/// <summary>What came out of a run, for people: what was done when, what customers saw of it, and whether every claim holds.</summary>
/// <param name="Plan">What was to be done.</param>
/// <param name="Faults">What was done.</param>
/// <param name="Attempts">What customers saw.</param>
/// <param name="Receipts">What they wrote down.</param>
/// <param name="Checks">What became of each claim.</param>
/// <param name="Opened">When selling began, since the run did.</param>
/// <param name="Closed">When it ended.</param>
/// <param name="Rest">When nothing was under way any more.</param>
internal sealed record ChaosReport(
    ChaosPlan Plan, IReadOnlyList<FaultRecord> Faults, IReadOnlyList<Attempt> Attempts, Receipts Receipts, IReadOnlyList<CheckResult> Checks,
    TimeSpan Opened, TimeSpan Closed, TimeSpan Rest)
{
    private const int ViolationsShown = 20;

    // The effects of a fault last for a while after all processes are ready.
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);

    public bool Holds => Checks.All(static check => check.Holds);

    public string Verdict => Holds
        ? string.Create(CultureInfo.InvariantCulture, $"All {Checks.Count} checks hold after {Faults.Count} faults.")
        : $"{Checks.Count(static check => !check.Holds)} of {Checks.Count} checks DO NOT HOLD after {Faults.Count} faults.";

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Chaos run").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"**{Verdict}**").AppendLine();
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Seed {Plan.Seed}; {Plan.Silos} silos and {Plan.Apis} APIs as processes on a PostgreSQL of their own; {(Closed - Opened).TotalSeconds:N0} s of selling by {Plan.Workload.Customers} customers and {Plan.Workload.Clerks} clerks{(Plan.Orders is null ? string.Empty : ", and a replayed history of real orders")}; kinds of fault: {string.Join(", ", Plan.Kinds.Select(static kind => kind.ToString().ToLowerInvariant()))}. {Attempts.Count:N0} requests, {Receipts.Orders:N0} orders acknowledged. The last saga ended {(Rest - Closed).TotalSeconds:N1} s after the last request."))
            .AppendLine();
        text.AppendLine(ChecksTable().ToMarkdown());
        foreach (var check in Checks.Where(static check => !check.Holds))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"### Does not hold: {check.Claim}").AppendLine();
            foreach (var violation in check.Violations.Take(ViolationsShown))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {violation}");
            }

            if (check.Violations.Count > ViolationsShown)
            {
                text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"- … and {check.Violations.Count - ViolationsShown} more"));
            }

            text.AppendLine();
        }

        text.AppendLine(FaultsTable().ToMarkdown());
        text.AppendLine("A stall is the longest time without any answer, from the start of a fault until 3 s after all processes were ready again.").AppendLine();
        text.AppendLine(AnswersTable().ToMarkdown());
        return text.ToString().TrimEnd() + "\n";
    }

    public string ToText() =>
        ChecksTable().ToText()
        + string.Concat(Checks.Where(static check => !check.Holds).SelectMany(static check => check.Violations.Take(ViolationsShown)).Select(static line => $"  ! {line}\n"))
        + FaultsTable().ToText() + AnswersTable().ToText() + Verdict + "\n";

    private TextTable ChecksTable()
    {
        var table = new TextTable("Checks", "claim", "checked", "holds");
        foreach (var check in Checks)
        {
            table.Add(check.Claim, check.Figures, check.Holds ? "yes" : $"NO ({check.Violations.Count})");
        }

        return table;
    }

    private TextTable FaultsTable()
    {
        var table = new TextTable("Faults", "fault", "at s", "ready again after s", "requests", "5xx or no answer", "longest stall s");
        foreach (var record in Faults)
        {
            var sight = Sight.Of(Attempts, record.Began, record.Ready + After);
            var notes = record.Notes.Count == 0 ? string.Empty : $" ({string.Join("; ", record.Notes)})";
            table.Add(
                record.Fault.Description + notes, Show(record.Began - Opened), Show(record.Ready - record.Began), Count(sight.Attempts), Count(sight.Failed),
                Show(sight.LongestStall));
        }

        return table;
    }

    private TextTable AnswersTable()
    {
        var table = new TextTable("Answers", "request", "attempts", "2xx", "4xx", "503", "504", "500", "none", "slowest s");
        foreach (var group in Attempts.GroupBy(static attempt => attempt.Kind).OrderBy(static group => group.Key).Select(static group => group.ToArray()))
        {
            table.Add(
                group[0].Kind?.ToString() ?? "History and checks", Count(group.Length), Of(group, 200, 299), Of(group, 400, 499), Of(group, 503, 503), Of(group, 504, 504), Of(group, 500, 502),
                Of(group, 0, 0), Show(group.Max(static attempt => attempt.Took)));
        }

        return table;

        static string Of(Attempt[] group, int from, int to) => Count(group.Count(attempt => attempt.Status >= from && attempt.Status <= to));
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Show(TimeSpan time) => time.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture);
}
