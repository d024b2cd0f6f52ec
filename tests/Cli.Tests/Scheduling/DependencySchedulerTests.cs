using System.Collections.Concurrent;
using ActorShop.Cli.Scheduling;
using FsCheck;
using FsCheck.Fluent;

namespace ActorShop.Cli.Tests.Scheduling;

public sealed class DependencySchedulerTests
{
    private const int Concurrency = 8;
    private const int Window = 10;

    // Resources 0..5 per item; few, so that chains are long and cross each other.
    private static readonly Gen<int[][]> Items = Gen.Choose(0, 5).ArrayOf(3).Select(static all => all.Distinct().ToArray()).ArrayOf(60);

    [Fact]
    public void Items_RunOnceAndInOrder_WhenTheyShareAResource()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Items.ToArbitrary(), static items =>
        {
            var steps = new ConcurrentQueue<(int Item, bool IsEnd)>();
            Run(items, window: 16, async i =>
            {
                steps.Enqueue((i, false));
                await Task.Yield();
                if (i % 3 == 0)
                {
                    await Task.Yield();
                }

                steps.Enqueue((i, true));
            });

            var log = steps.ToArray();
            var begin = items.Select((_, i) => Array.IndexOf(log, (i, false))).ToArray();
            var end = items.Select((_, i) => Array.IndexOf(log, (i, true))).ToArray();
            var ordered = Enumerable.Range(0, items.Length).All(later => Enumerable.Range(0, later).All(
                earlier => !items[earlier].Intersect(items[later]).Any() || end[earlier] < begin[later]));
            return ordered && log.Length == items.Length * 2 && begin.All(static at => at >= 0);
        }));
    }

    [Fact]
    public void Items_StayWithinConcurrencyAndWindow()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Items.ToArbitrary(), static items =>
        {
            var (running, most, admitted, finished, widest) = (0, 0, 0, 0, 0);
            var scheduler = new DependencyScheduler<int>(i => Names(items[i]), Concurrency, Window);
            scheduler.RunAsync(Count(items.Length, () => widest = Math.Max(widest, ++admitted - Volatile.Read(ref finished))), async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref finished);
            }, CancellationToken.None).GetAwaiter().GetResult();

            // The source yields one item before there is room for it, and a finished item is counted before it makes room.
            return most <= Concurrency && widest <= Window + 1 + Concurrency;
        }));
    }

    [Fact]
    public async Task Item_DoesNotWait_WithoutSharedResources()
    {
        var scheduler = new DependencyScheduler<int>(static i => [$"own {i}"], concurrency: 2, window: 8);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await scheduler.RunAsync(Count(2), i => i == 0 ? second.Task : Finish(second), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        static Task Finish(TaskCompletionSource other)
        {
            other.SetResult();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Fault_StopsFurtherItems_AndIsThrown()
    {
        var scheduler = new DependencyScheduler<int>(static _ => ["one"], concurrency: 4, window: 4);
        var ran = new ConcurrentQueue<int>();

        var fault = await Should.ThrowAsync<InvalidOperationException>(() => scheduler.RunAsync(
            Count(1000),
            i =>
            {
                ran.Enqueue(i);
                return i == 2 ? throw new InvalidOperationException("third") : Task.CompletedTask;
            },
            CancellationToken.None));

        fault.Message.ShouldBe("third");
        ran.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Cancellation_WaitsForRunningItems_AndStartsNoMore()
    {
        var scheduler = new DependencyScheduler<int>(static _ => ["one"], concurrency: 4, window: 4);
        using var stop = new CancellationTokenSource();
        var finished = new ConcurrentQueue<int>();

        await Should.ThrowAsync<OperationCanceledException>(() => scheduler.RunAsync(
            Count(1000),
            async i =>
            {
                if (i == 3)
                {
                    await stop.CancelAsync();
                }

                await Task.Yield();
                finished.Enqueue(i);
            },
            stop.Token));

        finished.ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task SourceFault_IsThrown_AfterRunningItems()
    {
        var scheduler = new DependencyScheduler<int>(static _ => [], concurrency: 2, window: 4);

        await Should.ThrowAsync<FormatException>(() => scheduler.RunAsync(Broken(), static _ => Task.CompletedTask, CancellationToken.None));

        static async IAsyncEnumerable<int> Broken()
        {
            yield return 1;
            await Task.Yield();
            throw new FormatException();
        }
    }

    private static void Run(int[][] items, int window, Func<int, Task> run)
    {
        var scheduler = new DependencyScheduler<int>(i => Names(items[i]), Concurrency, window);
        scheduler.RunAsync(Count(items.Length), run, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static IEnumerable<string> Names(int[] resources) => resources.Select(static resource => $"r{resource}");

    private static async IAsyncEnumerable<int> Count(int count, Action? onEach = null)
    {
        for (var i = 0; i < count; i++)
        {
            onEach?.Invoke();
            yield return i;
        }

        await Task.CompletedTask;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
