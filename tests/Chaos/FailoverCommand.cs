using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ActorShop.Chaos.Failover;
using ActorShop.Cli.Journals;
using ActorShop.Cluster;

namespace ActorShop.Chaos;

/// <summary><c>failover</c>: how long callers wait when something goes.</summary>
internal sealed class FailoverCommand
{
    private readonly Option<int> _silos = BenchOptions.Silos();
    private readonly Option<int> _apis = BenchOptions.Apis();
    private readonly Option<int> _trials = BenchOptions.Number("--trials", "Trials of each kind", 1, 10_000, 20);
    private readonly Option<string> _kinds = BenchOptions.Kinds<FailoverKind>("--kinds");
    private readonly Option<int> _keys = BenchOptions.Number("--keys", "Carts that are read all the time", 30, 5_000, 300);
    private readonly Option<int> _customers = BenchOptions.Number("--customers", "Customers who buy at the same time", 0, 256, 4);

    private readonly Option<string?> _resume =
        BenchOptions.File("--resume", "A journal of trials: trials in it are not run again. It is created if missing.", "file");

    private readonly Option<string?> _report = BenchOptions.Report();
    private readonly Option<string?> _folder = BenchOptions.Folder();
    private readonly Option<string?> _programs = BenchOptions.Programs();

    public static Command Create(ToolContext context)
    {
        var options = new FailoverCommand();
        var command = new Command(
            "failover",
            "Starts a cluster under load, stops parts of it, and measures how long callers notice. 1 unless every aim is reached. "
            + ExitCode.Description)
        {
            options._silos, options._apis, options._trials, options._kinds, options._keys, options._customers, options._resume, options._report,
            options._folder, options._programs,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var programs = await HostPrograms.FindOrBuildAsync(parsed.GetValue(_programs), context.Error.WriteLine, cancellationToken);
        ImmutableArray<FailoverKind> kinds = Words.Read<FailoverKind>(parsed.GetRequiredValue(_kinds), static _ => { });
        var plan = new FailoverPlan(
            parsed.GetValue(_silos), parsed.GetValue(_apis), parsed.GetValue(_trials), kinds, parsed.GetValue(_keys), parsed.GetValue(_customers),
            programs);
        using var folder = ChaosFolder.Take(parsed.GetValue(_folder));
        using var trials = Journal<FailoverTrial>.Open(
            parsed.GetValue(_resume),
            new JournalHeader("failover", string.Create(CultureInfo.InvariantCulture, $"{plan.Silos} silos, {plan.Apis} APIs, {plan.Keys} keys, {plan.Customers} customers"), string.Empty));
        FailoverReport report;
        try
        {
            report = new FailoverReport(plan, await new FailoverRun(plan, folder.Path, trials, context).RunAsync(cancellationToken));
            folder.MayGo();
        }
        catch (OperationCanceledException)
        {
            folder.MayGo();
            throw;
        }

        if (parsed.GetValue(_report) is { } file)
        {
            await File.WriteAllTextAsync(file, report.ToPage().TrimEnd() + "\n", cancellationToken);
        }

        await context.Output.WriteAsync(report.ToMarkdown());
        return report.IsWithin ? ExitCode.Fine : ExitCode.Differences;
    }
}
