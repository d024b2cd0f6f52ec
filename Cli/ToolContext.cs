using Spectre.Console;

namespace ActorShop.Cli;

/// <summary>What a command may touch besides the server and files.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress and errors, so that results can be piped.</param>
/// <param name="Input">The file named <c>-</c>.</param>
/// <param name="Terminal">Where progress bars are drawn; null if no terminal is attached.</param>
/// <param name="Clock">The clock.</param>
internal sealed record ToolContext(
    TextWriter Output, TextWriter Error, Stream Input, IAnsiConsole? Terminal, TimeProvider Clock) : IDisposable
{
    public static ToolContext OfTheProcess()
    {
        var interactive = !Console.IsErrorRedirected
            && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        var terminal = interactive
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            : null;
        return new(Console.Out, Console.Error, Console.OpenStandardInput(), terminal, TimeProvider.System);
    }

    public void Dispose() => Input.Dispose();
}
