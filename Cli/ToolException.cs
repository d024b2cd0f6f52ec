namespace ActorShop.Cli;

/// <summary>Ends the command with one line on standard error. Thrown for what the person at the keyboard can mend.</summary>
internal sealed class ToolException : Exception
{
    public ToolException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    public ToolException(int exitCode, string message, Exception inner)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>A value of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
