using System.CommandLine;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Reports;
using ActorShop.Cli.Commands;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos;

/// <summary><c>run</c>: faults under a seed, customers, and the books in the end.</summary>
internal sealed class ChaosRunCommand
{
    private readonly Option<int> _silos = new("--silos") { Description = "How many silos, 2 to 9.", DefaultValueFactory = static _ => 3 };

    private readonly Option<int> _apis = new("--apis") { Description = "How many APIs, 1 to 9.", DefaultValueFactory = static _ => 2 };

    private readonly Option<double> _minutes = new("--minutes")
    {
        Description = "The time of the faults in minutes.",
        DefaultValueFactory = static _ => 10,
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Chooses faults and customers.", DefaultValueFactory = static _ => 1 };

    private readonly Option<string> _faults = new("--faults")
    {
        Description = "The faults: kill, pause, stop, database, cut.",
        DefaultValueFactory = static _ => string.Join(',', Enum.GetNames<FaultKind>()).ToLowerInvariant(),
        HelpName = "kinds",
    };

    private readonly Option<int> _customers = new("--customers") { Description = "Concurrent customers, 1 to 256.", DefaultValueFactory = static _ => 12 };

    private readonly Option<TimeSpan> _think = new("--think")
    {
        Description = "The average pause of a customer between two purchases.",
        DefaultValueFactory = static _ => TimeSpan.FromMilliseconds(300),
        CustomParser = static result => ToolOption.ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    private readonly Option<string?> _orders = new("--orders")
    {
        Description = "A history of orders to replay at the same time: events.jsonl, plain or gzip.",
        HelpName = "file",
    };

    private readonly Option<string?> _catalogue = new("--catalogue")
    {
        Description = "The catalogue of that history, in the format of import --map uci.",
        HelpName = "file",
    };

    private readonly Option<string?> _report = new("--report") { Description = "Write the result as Markdown.", HelpName = "file.md" };

    private readonly Option<string?> _folder = new("--folder")
    {
        Description = "The folder of data, logs and journals. Default: a temporary one, deleted if every check passes.",
        HelpName = "folder",
    };

    private readonly Option<string?> _programs = new("--programs")
    {
        Description = "A folder of built programs, such as artifacts/bin. Default: the build of this clone, which is built if needed.",
        HelpName = "folder",
    };

    private ChaosRunCommand()
    {
        _silos.Validators.Add(static result => ToolOption.CheckRange(result, 2, 9));
        _apis.Validators.Add(static result => ToolOption.CheckRange(result, 1, 9));
        _customers.Validators.Add(static result => ToolOption.CheckRange(result, 1, 256));
        _faults.Validators.Add(static result => Words.Read<FaultKind>(result.GetValueOrDefault<string>(), result.AddError));
    }

    public static Command Create(ToolContext context)
    {
        var options = new ChaosRunCommand();
        var command = new Command(
            "run",
            "Starts a cluster, breaks it while customers buy, repairs it, and "
            + "compares its books with the customers' receipts. 1 unless every check passes. " + ExitCode.Description)
        {
            options._silos, options._apis, options._minutes, options._seed, options._faults, options._customers, options._think, options._orders,
            options._catalogue, options._report, options._folder, options._programs,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var programs = await HostPrograms.FindOrBuildAsync(parsed.GetValue(_programs), context.Error.WriteLine, cancellationToken);
        var seed = parsed.GetValue(_seed);
        var plan = new ChaosPlan(
            seed, parsed.GetValue(_silos), parsed.GetValue(_apis), TimeSpan.FromMinutes(parsed.GetValue(_minutes)),
            Words.Read<FaultKind>(parsed.GetRequiredValue(_faults), static _ => { }),
            new WorkloadPlan(seed, parsed.GetValue(_customers), Clerks: Math.Max(1, parsed.GetValue(_customers) / 4), Goods: 48, parsed.GetValue(_think)),
            programs)
        {
            Orders = parsed.GetValue(_orders),
            Catalogue = parsed.GetValue(_catalogue),
        };
        if (plan.Orders is not null != plan.Catalogue is not null)
        {
            throw new ToolException(ExitCode.BadInput, "--orders and --catalogue go together");
        }

        using var folder = ChaosFolder.Take(parsed.GetValue(_folder));
        ChaosReport report;
        try
        {
            report = await new ChaosRun(plan, folder.Path, context).RunAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            folder.MayGo();
            throw;
        }
        catch (Exception failed) when (failed is ToolException or ClusterException)
        {
            await context.Error.WriteLineAsync($"logs, journals and data are in {folder.Path}");
            throw;
        }

        if (parsed.GetValue(_report) is { } file)
        {
            await File.WriteAllTextAsync(file, report.ToMarkdown(), cancellationToken);
        }

        await context.Output.WriteAsync(report.ToText());
        if (report.Holds)
        {
            folder.MayGo();
            return ExitCode.Fine;
        }

        await context.Error.WriteLineAsync($"logs, journals and data are in {folder.Path}");
        return ExitCode.Differences;
    }
}
