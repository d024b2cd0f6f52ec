using System.CommandLine;

namespace ActorShop.Cli.Chaos;

/// <summary><c>chaos</c>: breaks a cluster of real processes while it sells, and says what came of it.</summary>
internal static class ChaosCommand
{
    public static Command Create(ToolContext context) =>
        new("chaos", "Breaks a cluster of real processes while it sells, and says what came of it. Linux, with PostgreSQL. " + ExitCode.Description)
        {
            ChaosRunCommand.Create(context),
        };
}
