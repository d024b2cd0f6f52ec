namespace ActorShop.Storage.Postgres;

/// <summary>A read in the queue of the reader, and its answer.</summary>
internal sealed class PendingRead(string stateName, string key)
{
    // The caller continues on another thread: a reader only reads.
    private readonly TaskCompletionSource<EntityRow?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string StateName => stateName;

    public string Key => key;

    /// <summary>Completes with the row; with null where there is none.</summary>
    public Task<EntityRow?> Completion => _completion.Task;

    public void Succeed(EntityRow? row) => _completion.TrySetResult(row);

    public void Fail(Exception failure) => _completion.TrySetException(failure);
}
