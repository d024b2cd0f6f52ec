namespace Orleans;

/// <summary>Why an activation ends.</summary>
/// <param name="code">The kind of reason.</param>
/// <param name="exception">The failure that led to it, if any.</param>
/// <param name="text">The reason in words, for the log.</param>
public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
{
    /// <summary>A reason without a failure.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, exception: null, text)
    {
    }

    /// <summary>The reason in words.</summary>
    public string Description { get; } = text;

    /// <summary>The kind of reason.</summary>
    public DeactivationReasonCode ReasonCode { get; } = code;

    /// <summary>The failure that led to it, if any.</summary>
    public Exception? Exception { get; } = exception;

    /// <inheritdoc/>
    public override string ToString() =>
        Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}

/// <summary>The kinds of reasons for which activations end.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>Not stated.</summary>
    None,

    /// <summary>The silo is stopping.</summary>
    ShuttingDown,

    /// <summary>The activation could not be started.</summary>
    ActivationFailed,

    /// <summary>The directory did not accept it.</summary>
    DirectoryFailure,

    /// <summary>Nobody called for the collection age.</summary>
    ActivationIdle,

    /// <summary>A request ran for too long.</summary>
    ActivationUnresponsive,

    /// <summary>Another activation of the grain was first.</summary>
    DuplicateActivation,

    /// <summary>A request needs another version of the interface.</summary>
    IncompatibleRequest,

    /// <summary>The grain failed in a way that makes its memory doubtful.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>The grain moves to another silo.</summary>
    Migrating,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested,

    /// <summary>The process is short of memory.</summary>
    HighMemoryPressure,
}
