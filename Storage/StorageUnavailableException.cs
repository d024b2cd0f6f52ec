namespace ActorShop.Storage;

/// <summary>The database could not be reached, or was lost during a read. Nothing was written, so the call may be repeated.</summary>
[GenerateSerializer]
[Alias("storage.unavailable")]
public sealed class StorageUnavailableException : OrleansException
{
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, TravellingCause.Of(innerException))
    {
    }
}
