using System.CommandLine;
using ActorShop.Cli.Databases;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Replays;

namespace ActorShop.Cli.Commands;

/// <summary>The command line: its commands, and the exit code and the one line for each error.</summary>
internal static class Tool
{
    // In-flight requests get this long to be answered after Ctrl-C; what is cut off is repeated harmlessly on resuming.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    public static Task<int> RunAsync(string[] arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var root = new RootCommand("The operator's tool of ActorShop. It talks to a running shop over HTTP, and to PostgreSQL for its schema. " + ExitCode.Description)
        {
            ImportCommand.Create(context),
            ReplayCommand.Create(context),
            DatabaseCommand.Create(context),
        };
        return RunAsync(root, arguments, context, cancellationToken);
    }

    /// <summary>Runs a command line of another program under the same rules.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await context.Error.WriteLineAsync($"error: {parsed.Errors[0].Message.ReplaceLineEndings(" ").Trim()} (--help says more)");
            return ExitCode.BadInput;
        }

        var invocation = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToStop,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (ToolException exception)
        {
            await context.Error.WriteLineAsync($"error: {exception.Message}");
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("cancelled");
            return ExitCode.Cancelled;
        }
        catch (IOException exception)
        {
            // A journal or a report that cannot be written: the disk is full, the folder is not there.
            await context.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCode.BadInput;
        }
        catch (InvalidDataException exception)
        {
            await context.Error.WriteLineAsync($"error: the input is damaged: {exception.Message}");
            return ExitCode.BadInput;
        }
        catch (UnauthorizedAccessException exception)
        {
            await context.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCode.BadInput;
        }
    }
}
