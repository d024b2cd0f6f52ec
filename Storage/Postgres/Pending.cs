namespace ActorShop.Storage.Postgres;

/// <summary>A read or a write in a queue, and its answer.</summary>
internal sealed class Pending<TRequest, TAnswer>(TRequest request)
{
    // The caller continues on another thread: a reader or writer does nothing else.
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TRequest Request => request;

    public Task<TAnswer> Answer => _answer.Task;

    public void Succeed(TAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception failure) => _answer.TrySetException(failure);
}
