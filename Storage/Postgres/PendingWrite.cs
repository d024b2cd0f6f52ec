namespace ActorShop.Storage.Postgres;

/// <summary>A write in the queue of the writer, and its answer.</summary>
internal sealed class PendingWrite(EntityWrite write)
{
    // The caller continues on another thread: a writer only writes.
    private readonly TaskCompletionSource<EntityWrite.Outcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EntityWrite Write => write;

    /// <summary>Completes when the outcome is known.</summary>
    public Task<EntityWrite.Outcome> Completion => _completion.Task;

    public void Succeed() => _completion.TrySetResult(new(IsWritten: true, (write.Expected ?? 0) + 1));

    public void Refuse(int? stored) => _completion.TrySetResult(new(IsWritten: false, stored));

    public void Fail(Exception failure) => _completion.TrySetException(failure);
}
