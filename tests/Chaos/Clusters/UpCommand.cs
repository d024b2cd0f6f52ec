using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using ActorShop.Cli.Commands;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Clusters;

/// <summary><c>cluster up</c>: starts a cluster and keeps it until Ctrl-C.</summary>
internal sealed class UpCommand
{
    private readonly Option<string> _folder;

    private readonly Option<int> _silos = new("--silos") { Description = "How many silos, 1 to 32.", DefaultValueFactory = static _ => 3 };

    private readonly Option<int> _apis = new("--apis") { Description = "How many APIs, 1 to 32.", DefaultValueFactory = static _ => 2 };

    private readonly Option<string?> _connection = new("--connection")
    {
        Description = "The connection string of an existing PostgreSQL database. Default: ACTORSHOP_DATABASE, or a new server.",
        HelpName = "string",
    };

    private readonly Option<string?> _programs = new("--programs")
    {
        Description = "A folder of built programs, such as artifacts/bin. Default: the build of this clone, which is built if needed.",
        HelpName = "folder",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Configuration of every process, such as Logging:LogLevel:Default=Debug. May be repeated.",
        HelpName = "key=value",
    };

    private readonly Option<bool> _bare = new("--no-sample") { Description = "Start without the sample catalogue." };

    private readonly Option<TimeSpan> _wait = new("--wait")
    {
        Description = "The limit of the wait until all are ready, such as 90 (seconds) or 2m.",
        DefaultValueFactory = static _ => TimeSpan.FromMinutes(2),
        CustomParser = static result => ToolOption.ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    private readonly Option<bool> _detach = new("--detach") { Description = "Return when all are ready; cluster stop stops it." };

    private UpCommand(Option<string> folder)
    {
        _folder = folder;
        _silos.Validators.Add(static result => ToolOption.CheckRange(result, 1, 32));
        _apis.Validators.Add(static result => ToolOption.CheckRange(result, 1, 32));
        _set.Validators.Add(CheckSettings);
    }

    public static Command Create(ToolContext context, Option<string> folder)
    {
        var options = new UpCommand(folder);
        var command = new Command("up", "Starts a cluster on free ports of the loopback interface and runs it until Ctrl-C. " + ExitCode.Description)
        {
            options._silos, options._apis, options._connection, folder, options._programs, options._set, options._bare, options._wait, options._detach,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var programs = await HostPrograms.FindOrBuildAsync(parsed.GetValue(_programs), context.Error.WriteLine, cancellationToken);
        var plan = new ClusterPlan(parsed.GetValue(_silos), parsed.GetValue(_apis), programs)
        {
            Connection = parsed.GetValue(_connection) ?? Environment.GetEnvironmentVariable("ACTORSHOP_DATABASE"),
            Settings = Settings(parsed),
            Patience = parsed.GetValue(_wait),
        };
        using var cluster = await LocalCluster.StartAsync(
            parsed.GetRequiredValue(_folder), plan, context.Clock, context.Error.WriteLine, cancellationToken);
        await context.Output.WriteAsync(
            ClusterCommand.Show($"Cluster in {cluster.Folder}", cluster.State.Members, static _ => MemberStatus.Ready));
        if (parsed.GetValue(_detach))
        {
            return ExitCode.Fine;
        }

        await using var supervisor = Supervisor.Of(cluster, context.Clock, context.Error.WriteLine);
        await context.Error.WriteLineAsync("Ctrl-C stops the cluster");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Wanted: this is how it ends.
        }

        await context.Error.WriteLineAsync("stopping");
        return await ClusterCommand.StopAllAsync(cluster, context, CancellationToken.None);
    }

    private static void CheckSettings(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            result.AddError($"'{token.Value}' is not a setting: write key=value");
        }
    }

    private ImmutableSortedDictionary<string, string> Settings(ParseResult parsed)
    {
        // Ready is then when there is something to buy.
        var sample = parsed.GetValue(_bare) ? "false" : "true";
        var settings = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .SetItem("Shop__SampleCatalogue", sample);
        foreach (var setting in parsed.GetValue(_set) ?? [])
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            settings = settings.SetItem(setting[..at].Replace(":", "__", StringComparison.Ordinal), setting[(at + 1)..]);
        }

        return settings;
    }
}
