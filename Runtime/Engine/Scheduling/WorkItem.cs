namespace ActorShop.Runtime.Scheduling;

/// <summary>Something to be done in a turn. In one queue at a time, linked through itself.</summary>
internal abstract class WorkItem
{
    internal WorkItem? Next { get; set; }
}

/// <summary>The rest of an async method, or a task started by grain code.</summary>
internal sealed class TaskItem(Task task) : WorkItem
{
    public Task Task { get; } = task;
}
