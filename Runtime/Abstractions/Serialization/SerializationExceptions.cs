namespace Orleans.Serialization;

/// <summary>A value could not be written, read or copied.</summary>
public class SerializerException : Exception
{
    /// <summary>No detail.</summary>
    public SerializerException()
    {
    }

    /// <summary>What went wrong.</summary>
    public SerializerException(string message)
        : base(message)
    {
    }

    /// <summary>What went wrong, and why.</summary>
    public SerializerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A type takes part in a call or a state but has no codec: it lacks <c>[GenerateSerializer]</c>.</summary>
/// <remarks>A mistake of the program: trying again does not help.</remarks>
/// <param name="message">Names the type.</param>
public sealed class CodecNotFoundException(string message) : SerializerException(message);

/// <summary>Stands for an exception whose type the reader does not know.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>No detail.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    /// <summary>The message and the cause of the exception that could not be rebuilt.</summary>
    public UnavailableExceptionFallbackException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the exception carried beyond message, stack and cause, as far as it could be read.</summary>
    public Dictionary<string, object?> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of the type that is not known here.</summary>
    public string? ExceptionType { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrWhiteSpace(ExceptionType)
        ? $"Unknown exception: {base.ToString()}"
        : $"Unknown exception of type {ExceptionType}: {base.ToString()}";
}
