namespace ActorShop.Storage;

/// <summary>The database refused a statement: a broken constraint, a full disk, a missing table. Nothing of the statement was done.</summary>
[GenerateSerializer]
[Alias("storage.fault")]
public sealed class StorageFaultException : OrleansException
{
    internal StorageFaultException(string message, string code, Exception innerException)
        : base(message, TravellingCause.Of(innerException)) => Code = code;

    /// <summary>The reason: SQLSTATE of PostgreSQL, or the extended result code of SQLite.</summary>
    [Id(0)]
    public string Code { get; }
}
