using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>Why a call was not run.</summary>
internal enum RejectionKind
{
    /// <summary>The grain is not there; the hint says where it may be.</summary>
    WrongSilo = 1,

    /// <summary>A queue is full.</summary>
    Overloaded = 2,

    /// <summary>The silo takes no more calls.</summary>
    ShuttingDown = 3,

    /// <summary>No class of the silo, or of the cluster, is of the grain's type.</summary>
    UnknownGrainType = 4,

    /// <summary>The silo does not know the interface or the method: it runs another version of the program.</summary>
    UnknownMethod = 5,

    /// <summary>Its sender had stopped waiting.</summary>
    Expired = 6,

    /// <summary>It could not be read.</summary>
    Unreadable = 7,

    /// <summary>There is no way to whoever should run it.</summary>
    Unavailable = 8,
}

/// <summary>A call was not run, for a reason of the engine's: it is safe to send it again.</summary>
/// <param name="Kind">Why, for whoever decides what to do.</param>
/// <param name="Text">Why, in words.</param>
/// <param name="Hint">Where the grain may be.</param>
internal sealed record Rejection(RejectionKind Kind, string Text, SiloAddress? Hint = null)
{
    /// <summary>What the caller is told where nobody sends the call again.</summary>
    public Exception ToException(Message message) => Kind switch
    {
        RejectionKind.Overloaded => new LimitExceededException($"{Text} The call was not run: {message}."),
        RejectionKind.ShuttingDown or RejectionKind.Unavailable => new SiloUnavailableException($"{Text} The call was not run: {message}."),
        RejectionKind.Expired => new TimeoutException($"{Text} The call was not run: {message}."),
        _ => new OrleansMessageRejectionException($"{Text} The call was not run: {message}."),
    };
}
