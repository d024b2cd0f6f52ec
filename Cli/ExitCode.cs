namespace ActorShop.Cli;

/// <summary>The exit codes of every command. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The work is finished, but rows were refused or figures differ.</summary>
    public const int Differences = 1;

    /// <summary>The command line or an input file is invalid, or the key is not accepted.</summary>
    public const int BadInput = 2;

    /// <summary>The server did not answer within <c>--wait</c>.</summary>
    public const int Unreachable = 3;

    /// <summary>Stopped by Ctrl-C; finished work is in the journal.</summary>
    public const int Cancelled = 130;

    public const string Description =
        "Exit codes: 0 done; 1 done, but rows were refused, figures differ or a check failed; 2 bad usage, input file or key; "
        + "3 server unreachable; 130 cancelled.";
}
