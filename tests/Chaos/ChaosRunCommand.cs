using System.CommandLine;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Reports;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos;

/// <summary><c>run</c>: faults under a seed, customers, and the books in the end.</summary>
internal sealed class ChaosRunCommand
{
    private readonly Option<int> _silos = BenchOptions.Silos();
    private readonly Option<int> _apis = BenchOptions.Apis();

    private readonly Option<double> _minutes = new("--minutes")
    {
        Description = "The time of the faults in minutes.",
        DefaultValueFactory = static _ => 10,
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Chooses faults and customers.", DefaultValueFactory = static _ => 1 };
    private readonly Option<string> _faults = BenchOptions.Kinds<FaultKind>("--faults");
    private readonly Option<int> _customers = BenchOptions.Number("--customers", "Concurrent customers", 1, 256, 12);

    private readonly Option<TimeSpan> _think =
        BenchOptions.Time("--think", "The average pause of a customer between two purchases.", TimeSpan.FromMilliseconds(300));

    private readonly Option<string?> _orders =
        BenchOptions.File("--orders", "A history of orders to replay at the same time: events.jsonl, plain or gzip.", "file");

    private readonly Option<string?> _catalogue =
        BenchOptions.File("--catalogue", "The catalogue of that history, in the format of import --map uci.", "file");

    private readonly Option<string?> _report = BenchOptions.Report();
    private readonly Option<string?> _folder = BenchOptions.Folder();
    private readonly Option<string?> _programs = BenchOptions.Programs();

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
