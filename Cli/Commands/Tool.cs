using System.CommandLine;
using ActorShop.Cli.Databases;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Replays;

namespace ActorShop.Cli.Commands;

/// <summary>The command line: its commands, and an exit code and one line for each error.</summary>
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
        // Numbers and dates do not depend on the language of the machine.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            var error = parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..]
                ? $"'{unknown}' is not a command or an option"
                : parsed.Errors[0].Message.ReplaceLineEndings(" ").Trim();
            await context.Error.WriteLineAsync($"error: {error} (see --help)");
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
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("cancelled");
            return ExitCode.Cancelled;
        }
        catch (ToolException exception)
        {
            await context.Error.WriteLineAsync($"error: {exception.Message}");
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A damaged input, or a journal or report that cannot be written: the disk is full, the folder is missing.
            await context.Error.WriteLineAsync($"error: {(exception is InvalidDataException ? "the input is damaged: " : string.Empty)}{exception.Message}");
            return ExitCode.BadInput;
        }
    }
}
