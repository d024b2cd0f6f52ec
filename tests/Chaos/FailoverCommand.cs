using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ActorShop.Chaos.Failover;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Journals;
using ActorShop.Cluster;

namespace ActorShop.Chaos;

/// <summary><c>failover</c>: how long callers wait when something goes.</summary>
internal sealed class FailoverCommand
{
    private readonly Option<int> _silos = new("--silos") { Description = "How many silos, 2 to 9.", DefaultValueFactory = static _ => 3 };

    private readonly Option<int> _apis = new("--apis") { Description = "How many APIs, 1 to 9.", DefaultValueFactory = static _ => 2 };

    private readonly Option<int> _trials = new("--trials") { Description = "Trials of each kind.", DefaultValueFactory = static _ => 20 };

    private readonly Option<string> _kinds = new("--kinds")
    {
        Description = "The kinds: kill, pause, database, stop, all, rolling.",
        DefaultValueFactory = static _ => string.Join(',', Enum.GetNames<FailoverKind>()).ToLowerInvariant(),
        HelpName = "kinds",
    };

    private readonly Option<int> _keys = new("--keys") { Description = "Carts that are read all the time, 30 to 5000.", DefaultValueFactory = static _ => 300 };

    private readonly Option<int> _customers = new("--customers") { Description = "Customers who buy at the same time, 0 to 256.", DefaultValueFactory = static _ => 4 };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "A journal of trials: trials in it are not run again. It is created if missing.",
        HelpName = "file",
    };

    private readonly Option<string?> _report = new("--report") { Description = "Write the table as Markdown.", HelpName = "file.md" };

    private readonly Option<string?> _folder = new("--folder")
    {
        Description = "The folder of data and logs. Default: a temporary one, deleted at the end.",
        HelpName = "folder",
    };

    private readonly Option<string?> _programs = new("--programs")
    {
        Description = "A folder of built programs, such as artifacts/bin. Default: the build of this clone, which is built if needed.",
        HelpName = "folder",
    };

    private FailoverCommand()
    {
        _silos.Validators.Add(static result => ToolOption.CheckRange(result, 2, 9));
        _apis.Validators.Add(static result => ToolOption.CheckRange(result, 1, 9));
        _trials.Validators.Add(static result => ToolOption.CheckRange(result, 1, 10_000));
        _keys.Validators.Add(static result => ToolOption.CheckRange(result, 30, 5_000));
        _customers.Validators.Add(static result => ToolOption.CheckRange(result, 0, 256));
        _kinds.Validators.Add(static result => Words.Read<FailoverKind>(result.GetValueOrDefault<string>(), result.AddError));
    }

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
