namespace ActorShop.Storage;

/// <summary>The store failed during a commit: the write may be durable or not.</summary>
/// <remarks>The caller must read before it decides anything else.</remarks>
[GenerateSerializer]
[Alias("storage.outcome-unknown")]
public sealed class OutcomeUnknownException : OrleansException
{
    public OutcomeUnknownException(string message, Exception innerException)
        : base(message, TravellingCause.Of(innerException))
    {
    }
}
