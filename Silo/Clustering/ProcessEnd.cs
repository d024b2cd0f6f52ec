namespace ActorShop.Silo.Clustering;

/// <summary>Ends a member whose cluster goes on without it: at once, with the reason as the last line on standard error and a number.</summary>
/// <remarks>
/// Nothing is put in order first: what a silo had written is in the database, and what it had not it must not write any more. Its
/// supervisor starts it again.
/// </remarks>
internal sealed class ProcessEnd(IHostApplicationLifetime lifetime) : IFatalErrorHandler
{
    private int _ended;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // A silo that cannot join declares itself dead. Its start fails by itself, and the host reports why.
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            Now($"the cluster has given this silo up, or Orleans cannot continue; start it again. {context} {exception}".TrimEnd());
        }
    }

    /// <summary>Ends the process.</summary>
    public void Now(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            Console.Error.WriteLine($"error: {reason}");
            Environment.Exit(HostExit.Ended);
        }
    }
}
