namespace ActorShop.Silo.Clustering;

/// <summary>Ends a member whose cluster continues without it: at once, with the reason as the last line on standard error and an exit code.</summary>
/// <remarks>
/// There is no orderly shutdown: acknowledged writes are in the database, and the silo must not write any more. A supervisor starts it again.
/// </remarks>
internal sealed class ProcessEnd(IHostApplicationLifetime lifetime) : IFatalErrorHandler
{
    private int _ended;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // A silo that cannot join declares itself dead. Its start fails anyway, and the host reports why.
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            Now($"the cluster has given this silo up, or Orleans cannot continue; start it again. {context} {exception}".TrimEnd());
        }
    }

    public void Now(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            Console.Error.WriteLine($"error: {reason}");
            Environment.Exit(HostExit.Ended);
        }
    }
}
