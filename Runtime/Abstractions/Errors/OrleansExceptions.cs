namespace Orleans.Runtime;

/// <summary>Faults of the engine.</summary>
public class OrleansException : Exception
{
    /// <summary>Nothing stated.</summary>
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    /// <summary>In words.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>In words, with its cause.</summary>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The engine did not execute a request. It is safe to send it again.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The silo that should answer is gone, or is stopping. A request under way may have been executed.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Nothing stated.</summary>
    public SiloUnavailableException()
        : base("Silo unavailable")
    {
    }

    /// <summary>In words.</summary>
    public SiloUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>In words, with its cause.</summary>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A queue is full, so the request was not executed. Send it again later, or not at all.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Nothing stated.</summary>
    public LimitExceededException()
        : base("Limit exceeded")
    {
    }

    /// <summary>In words.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>In words, with its cause.</summary>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Which limit, and by how much.</summary>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}")
    {
    }
}

/// <summary>The configuration cannot work. Thrown at start.</summary>
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>In words.</summary>
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>In words, with its cause.</summary>
    public OrleansConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A start was given up, since the host is stopping.</summary>
public sealed class OrleansLifecycleCanceledException : OrleansException
{
    internal OrleansLifecycleCanceledException(string message)
        : base(message)
    {
    }

    internal OrleansLifecycleCanceledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The client that holds an observer is not there any more.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId)
        : base($"No activation for client {clientId}")
    {
    }

    internal ClientNotAvailableException(string message)
        : base(message)
    {
    }
}

/// <summary>A grain was called through an extension that it does not have.</summary>
public sealed class GrainExtensionNotInstalledException : OrleansException
{
    /// <summary>Nothing stated.</summary>
    public GrainExtensionNotInstalledException()
        : base("GrainExtensionNotInstalledException")
    {
    }

    /// <summary>In words.</summary>
    public GrainExtensionNotInstalledException(string message)
        : base(message)
    {
    }

    /// <summary>In words, with its cause.</summary>
    public GrainExtensionNotInstalledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
