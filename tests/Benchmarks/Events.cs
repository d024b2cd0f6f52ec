using Orleans.Streams;

namespace ActorShop.Benchmarks;

public interface IEventBenchGrain : IGrainWithStringKey;

/// <summary>Counts what arrives from the streams of its name space.</summary>
[ImplicitStreamSubscription(Events)]
public sealed class EventBenchGrain : Grain, IEventBenchGrain
{
    public const string Events = "events";

    private static readonly Lock Gate = new();
    private static long Arrived;
    private static (long At, TaskCompletionSource Reached)? Goal;

    /// <summary>How many have arrived at all grains.</summary>
    public static long Received => Interlocked.Read(ref Arrived);

    /// <summary>Completes when so many have arrived.</summary>
    public static Task ReachAsync(long count)
    {
        lock (Gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Goal = (count, reached);
            Look();
            return reached.Task;
        }
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stream = this.GetStreamProvider(Events).GetStream<int>(StreamId.Create(Events, this.GetPrimaryKeyString()));
        await stream.SubscribeAsync(static (_, _) =>
        {
            lock (Gate)
            {
                Arrived++;
                Look();
            }

            return Task.CompletedTask;
        });
    }

    private static void Look()
    {
        if (Goal is { } goal && Arrived >= goal.At)
        {
            goal.Reached.TrySetResult();
        }
    }
}
