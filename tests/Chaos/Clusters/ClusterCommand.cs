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
        Description = "The folder of state, logs and data.",
        DefaultValueFactory = static _ => Path.Combine("data", "cluster"),
        HelpName = "folder",
    };

    public static Command Create(ToolContext context) =>
        new("cluster", "A cluster of processes on this machine: PostgreSQL, payment provider, silos, APIs. " + ExitCode.Description)
        {
            UpCommand.Create(context, Folder),
            Of(context, "kill", "Kills a process (kill -9).", static (cluster, name, _) => cluster.KillAsync(name)),
            Of(context, "pause", "Pauses a process (SIGSTOP); its connections stay open.", static (cluster, name, _) => cluster.PauseAsync(name)),
            Of(context, "resume", "Resumes a paused process (SIGCONT).", static (cluster, name, _) =>
            {
                cluster.Resume(name);
                return Task.CompletedTask;
            }),
            Stop(context),
            Of(context, "start", "Starts a process that has ended, and waits until it is ready.", static async (cluster, name, cancellationToken) =>
            {
                await cluster.RestartAsync(name, cancellationToken);
                await cluster.WaitUntilReadyAsync(name, StopPatience, cancellationToken);
            }),
            Add(context),
            Status(context),
        };

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
        var name = new Argument<string>("name") { Description = "A process, by its name in cluster status." };
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
        var name = new Argument<string?>("name") { Description = "A process; without a name all of them.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("stop", "Stops a process, or all of them (SIGTERM). 1 if one had to be killed.") { name, Folder };
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

            await context.Error.WriteLineAsync($"{one} did not stop in time and was killed");
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

        await context.Error.WriteLineAsync($"did not stop in time and were killed: {string.Join(", ", killed)}");
        return ExitCode.Differences;
    }

    private static Command Add(ToolContext context)
    {
        var role = new Argument<string>("role") { Description = "The role to add." };
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
        var command = new Command("status", "Lists all processes. 0 if all are ready, else 1.") { Folder };
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
