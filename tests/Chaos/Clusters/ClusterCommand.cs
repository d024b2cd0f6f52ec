using System.CommandLine;
using System.Globalization;
using ActorShop.Cli.Terminal;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Clusters;

/// <summary><c>cluster</c>: several silos and APIs as processes of this machine, to look at and to break.</summary>
internal static class ClusterCommand
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the cluster's state, logs and data are.",
        DefaultValueFactory = static _ => Path.Combine("data", "cluster"),
        HelpName = "folder",
    };

    public static Command Create(ToolContext context) =>
        new("cluster", "A cluster of real processes on this machine: PostgreSQL, payment provider, silos, APIs. " + ExitCode.Description)
        {
            UpCommand.Create(context, Folder),
            Of(context, "kill", "Ends a process without a chance to say anything (kill -9).", static (cluster, name, _) => cluster.KillAsync(name)),
            Of(context, "pause", "Stops a process where it is (SIGSTOP): its connections stay open.", static (cluster, name, _) => cluster.PauseAsync(name)),
            Of(context, "resume", "Lets a paused process go on.", static (cluster, name, _) =>
            {
                cluster.Resume(name);
                return Task.CompletedTask;
            }),
            Stop(context),
            Of(context, "start", "Starts a process again that has ended, and waits until it is ready.", static async (cluster, name, cancellationToken) =>
            {
                await cluster.RestartAsync(name, cancellationToken);
                await cluster.WaitUntilReadyAsync(name, StopPatience, cancellationToken);
            }),
            Add(context),
            Status(context),
        };

    /// <summary>Where everything is.</summary>
    public static string Show(string title, IEnumerable<MemberProcess> members, Func<MemberProcess, string> word)
    {
        var table = new TextTable(title, "name", "state", "pid", "address", "operators");
        foreach (var member in members)
        {
            table.Add(
                member.Name, word(member), member.Process.Id.ToString(CultureInfo.InvariantCulture),
                member.Role is MemberRole.Api or MemberRole.Payments ? $"http://{member.Address}" : member.Address,
                member.Operators is null ? "-" : $"http://{member.Operators}");
        }

        return table.ToText();
    }

    private static Command Of(ToolContext context, string verb, string description, Func<LocalCluster, string, CancellationToken, Task> act)
    {
        var name = new Argument<string>("name") { Description = "A process, as cluster status names it." };
        var command = new Command(verb, description) { name, Folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = LocalCluster.Open(parsed.GetRequiredValue(Folder), context.Clock);
            await act(cluster, parsed.GetRequiredValue(name), cancellationToken);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Stop(ToolContext context)
    {
        var name = new Argument<string?>("name") { Description = "A process; everything if none is named.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("stop", "Ends a process, or everything, in order (SIGTERM). 1 if something had to be killed.") { name, Folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = LocalCluster.Open(parsed.GetRequiredValue(Folder), context.Clock);
            if (parsed.GetValue(name) is not { } one)
            {
                return await StopAllAsync(cluster, context, cancellationToken);
            }

            if (await cluster.StopAsync(one, StopPatience, cancellationToken))
            {
                return ExitCode.Fine;
            }

            await context.Error.WriteLineAsync($"{one} did not end by itself and was killed");
            return ExitCode.Differences;
        });
        return command;
    }

    /// <summary>Ends everything and says who had to be killed.</summary>
    public static async Task<int> StopAllAsync(LocalCluster cluster, ToolContext context, CancellationToken cancellationToken)
    {
        var killed = await cluster.StopAllAsync(StopPatience, cancellationToken);
        if (killed.Count == 0)
        {
            return ExitCode.Fine;
        }

        await context.Error.WriteLineAsync($"did not end by themselves and were killed: {string.Join(", ", killed)}");
        return ExitCode.Differences;
    }

    private static Command Add(ToolContext context)
    {
        var role = new Argument<string>("role") { Description = "What to add." };
        role.AcceptOnlyFromAmong("silo", "api");
        var command = new Command("add", "Starts one more silo or API, and waits until it is ready.") { role, Folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = LocalCluster.Open(parsed.GetRequiredValue(Folder), context.Clock);
            var added = await cluster.AddAsync(Enum.Parse<MemberRole>(parsed.GetRequiredValue(role), ignoreCase: true), cancellationToken);
            await cluster.WaitUntilReadyAsync(added.Name, StopPatience, cancellationToken);
            await context.Output.WriteAsync(Show("Added", [added], static _ => MemberStatus.Ready));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Status(ToolContext context)
    {
        var command = new Command("status", "Asks every process whether it is ready: 0 if all are, 1 if not.") { Folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = LocalCluster.Open(parsed.GetRequiredValue(Folder), context.Clock);
            var words = (await cluster.AskAsync(cancellationToken)).ToDictionary(
                static status => status.Member.Name, static status => status.Word, StringComparer.Ordinal);
            await context.Output.WriteAsync(Show($"Cluster in {cluster.Folder}", cluster.State.Members, member => words[member.Name]));
            return words.Values.All(static word => word is MemberStatus.Ready) ? ExitCode.Fine : ExitCode.Differences;
        });
        return command;
    }
}
