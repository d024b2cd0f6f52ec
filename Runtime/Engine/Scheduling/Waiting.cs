namespace ActorShop.Runtime.Scheduling;

/// <summary>Waits that stay on the scheduler.</summary>
internal static class Waiting
{
    /// <summary>Waits for a task until the token is cancelled.</summary>
    /// <remarks>
    /// Task.WaitAsync hops through the thread pool when the task it waits for runs its continuations asynchronously, as
    /// completion sources are commonly made to. The task of an async method never does.
    /// </remarks>
    public static Task UntilAsync(this Task task, CancellationToken cancellationToken)
    {
        return task.IsCompleted ? task : EndAsync(task).WaitAsync(cancellationToken);

        static async Task EndAsync(Task task) => await task;
    }
}
