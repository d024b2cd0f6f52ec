namespace ActorShop.Parity.Filters;

/// <summary>Notes itself in the list that travels with calls of <see cref="INotedGrain"/>.</summary>
public sealed class IncomingNote(string name) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is not INotedGrain)
        {
            await context.Invoke();
            return;
        }

        if (string.Equals(name, "first", StringComparison.Ordinal)
            && context.Request.GetArgumentCount() == 1
            && context.Request.GetArgument(0) is "skip")
        {
            context.Result = "skipped";
            return;
        }

        Notes.Add(context.TargetId, name);
        await context.Invoke();
        Notes.Add(context.TargetId, name + " back");
    }
}

public sealed class OutgoingNote : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.Grain is INotedGrain)
        {
            Notes.Add(context.TargetId, $"out {context.MethodName}");
        }

        await context.Invoke();
    }
}

public static class Notes
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<GrainId, System.Collections.Concurrent.ConcurrentQueue<string>> All = new();

    public static void Add(GrainId grain, string note) => All.GetOrAdd(grain, static _ => new()).Enqueue(note);

    public static string[] Of(GrainId grain) => All.TryGetValue(grain, out var notes) ? [.. notes] : [];
}

public interface INotedGrain : IGrainWithStringKey
{
    Task<string> SayAsync(string what);
}

public sealed class NotedGrain : Grain, INotedGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Notes.Add(this.GetGrainId(), "grain");
        await context.Invoke();
        context.Result = context.Result + "!";
    }

    public Task<string> SayAsync(string what)
    {
        Notes.Add(this.GetGrainId(), "method");
        return Task.FromResult(what);
    }
}
