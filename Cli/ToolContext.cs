using Spectre.Console;

namespace ActorShop.Cli;

/// <summary>What a command may touch besides the server and files. Progress and errors have a stream of their own, so that results can be piped.</summary>
/// <remarks>Input is the file named <c>-</c>. Terminal is null if none is attached: then there are no progress bars.</remarks>
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
