namespace ActorShop.Storage;

/// <summary>A write may have become durable or not: the store failed while it was being committed.</summary>
/// <remarks>Whoever wrote must read before it decides anything else.</remarks>
[GenerateSerializer]
[Alias("storage.outcome-unknown")]
public sealed class OutcomeUnknownException : OrleansException
{
    /// <summary>With its cause.</summary>
    public OutcomeUnknownException(string message, Exception innerException)
        : base(message, TravellingCause.Of(innerException))
    {
    }
}
