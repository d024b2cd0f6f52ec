namespace ActorShop.Cli;

/// <summary>Ends the command with one line on standard error. Thrown for what the user can correct.</summary>
internal sealed class ToolException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A value of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode => exitCode;
}
