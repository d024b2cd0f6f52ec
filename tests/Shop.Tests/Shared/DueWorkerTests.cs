using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop;

/// <summary>Goal: a worker resumes every due grain, a bounded number at a time, and no failing grain keeps the others waiting.</summary>
/// <remarks>Method: a table of due rows and grains that count, block or fail as the test says.</remarks>
[Trait("Suite", "Unit")]
public sealed class DueWorkerTests
{
    private static readonly DateTimeOffset Now = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);

    private readonly DueTable _due = new();
    private readonly DueWorkOptions _options = new() { BatchSize = 20, Parallelism = 3 };

    [Fact]
    public async Task Round_ResumesWhatItTook_AndAFailureHarmsNoOther()
    {
        _due.Add(5);
        var grains = Resumables.Create(out var resumed);
        resumed.Fails = static key => key is "grain-1" or "grain-3";

        var pause = await Worker(grains).RunOnceAsync();

        resumed.Keys.Order(StringComparer.Ordinal).ShouldBe(["grain-0", "grain-1", "grain-2", "grain-3", "grain-4"]);
        pause.ShouldBe(_options.Interval);
        _due.Taken.ShouldBe([(Now, _options.Lease, _options.BatchSize)]);
    }

    [Fact]
    public async Task FullBatch_IsFollowedByTheNextAtOnce()
    {
        _due.Add(25);
        var grains = Resumables.Create(out var resumed);
        var worker = Worker(grains);

        (await worker.RunOnceAsync()).ShouldBe(TimeSpan.Zero);
        (await worker.RunOnceAsync()).ShouldBe(_options.Interval);

        resumed.Keys.Count.ShouldBe(25);
        resumed.MostAtOnce.ShouldBe(_options.Parallelism);
    }

    [Fact]
    public async Task StoreThatFails_IsAskedAgainAfterThePause()
    {
        _due.IsAway = true;
        var grains = Resumables.Create(out var resumed);

        (await Worker(grains).RunOnceAsync()).ShouldBe(_options.Interval);

        resumed.Keys.ShouldBeEmpty();
    }

    private DueWorker Worker(IGrainFactory grains) =>
        new(_due, grains, Options.Create(_options), new FakeTimeProvider(Now), NullLogger<DueWorker>.Instance);

    private sealed class DueTable : IDueTable
    {
        private readonly Queue<DueRow> _rows = new();

        public bool IsAway { get; set; }

        public List<(DateTimeOffset Now, TimeSpan Lease, int Limit)> Taken { get; } = [];

        public void Add(int count)
        {
            for (var n = 0; n < count; n++)
            {
                _rows.Enqueue(new("order", $"grain-{n}", Now));
            }
        }

        public async Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit)
        {
            await Task.Yield();
            if (IsAway)
            {
                throw new IOException("The store is away.");
            }

            Taken.Add((now, lease, limit));
            return [.. Enumerable.Range(0, Math.Min(limit, _rows.Count)).Select(_ => _rows.Dequeue())];
        }
    }

    public class Resumables : DispatchProxy
    {
        private readonly Lock _lock = new();
        private int _running;

        public List<string> Keys { get; } = [];

        public int MostAtOnce { get; private set; }

        public Func<string, bool> Fails { get; set; } = static _ => false;

        public static IGrainFactory Create(out Resumables resumed)
        {
            var grains = Create<IGrainFactory, Resumables>();
            resumed = (Resumables)(object)grains;
            return grains;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var grain = Create<IResumable, Resumable>();
            ((Resumable)(object)grain).Resume = () => ResumeAsync(((GrainId)args![0]!).Key.ToString()!);
            return grain;
        }

        private async Task ResumeAsync(string key)
        {
            lock (_lock)
            {
                Keys.Add(key);
                MostAtOnce = Math.Max(MostAtOnce, ++_running);
            }

            await Task.Delay(5);
            lock (_lock)
            {
                _running--;
            }

            if (Fails(key))
            {
                throw new InvalidOperationException("It cannot be resumed.");
            }
        }
    }

    public class Resumable : DispatchProxy
    {
        public Func<Task> Resume { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Resume();
    }
}
