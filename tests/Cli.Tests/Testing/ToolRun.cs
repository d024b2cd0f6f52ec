using ActorShop.Cli.Commands;

namespace ActorShop.Cli.Testing;

/// <summary>One run of the tool, as a shell sees it.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static Task<ToolRun> Of(string commandLine, Stream? input = null, CancellationToken cancellationToken = default) =>
        Of(Tool.RunAsync, commandLine, input, cancellationToken);

    public static async Task<ToolRun> Of(
        Func<string[], ToolContext, CancellationToken, Task<int>> program, string commandLine, Stream? input = null, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var context = new ToolContext(TextWriter.Synchronized(output), TextWriter.Synchronized(error), input ?? Stream.Null, null, TimeProvider.System);
        var code = await program(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), context, cancellationToken);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
}
