using System.CommandLine;
using ActorShop.Chaos.Clusters;
using ActorShop.Cli.Commands;
using ActorShop.Cluster;

namespace ActorShop.Chaos;

internal static class Bench
{
    public static async Task<int> RunAsync(string[] arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Runs and breaks clusters of real processes. Linux, with PostgreSQL. " + ExitCode.Description)
        {
            ChaosRunCommand.Create(context),
            FailoverCommand.Create(context),
            SpreadCommand.Create(context),
            ClusterCommand.Create(context),
        };
        try
        {
            return await Tool.RunAsync(root, arguments, context, cancellationToken);
        }
        catch (ClusterException exception)
        {
            await context.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCode.BadInput;
        }
    }
}
