namespace ActorShop.Cli;

/// <summary>What the process says when it ends. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>All is done and nothing differs.</summary>
    public const int Fine = 0;

    /// <summary>The work is finished, but rows were refused or figures differ.</summary>
    public const int Differences = 1;

    /// <summary>The command line or an input file makes no sense, or the key is not accepted.</summary>
    public const int BadInput = 2;

    /// <summary>The server could not be reached within the patience asked for.</summary>
    public const int Unreachable = 3;

    /// <summary>Stopped by Ctrl-C; what is done is in the journal.</summary>
    public const int Cancelled = 130;

    /// <summary>The words of <c>--help</c>.</summary>
    public const string Description =
        "Exit codes: 0 fine; 1 finished with refused rows or differences; 2 bad usage or bad input file; "
        + "3 server unreachable; 130 cancelled.";
}
