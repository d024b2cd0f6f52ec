namespace ActorShop.Storage;

/// <summary>The database could not be reached, or went away while it was read. Nothing was written: it may be tried again.</summary>
[GenerateSerializer]
[Alias("storage.unavailable")]
public sealed class StorageUnavailableException : OrleansException
{
    /// <summary>With its cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, TravellingCause.Of(innerException))
    {
    }
}
