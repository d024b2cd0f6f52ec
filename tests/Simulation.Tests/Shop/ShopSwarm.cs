using System.Diagnostics;
using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>Runs many seeds side by side. An interrupted run goes on where it stopped, if it has a file for that.</summary>
internal sealed class ShopSwarm(TextWriter output)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _watch = new();
    private readonly Lock _lock = new();
    private readonly SortedSet<ulong> _running = [];
    private Progress _before = new(Done: 0, Failed: 0, Steps: 0, TimeSpan.Zero);
    private TimeSpan _lastReport;
    private ulong _next;
    private long _failed;
    private long _steps;
    private bool _isStopped;

    public ulong From { get; init; } = 1;

    public ulong Count { get; init; } = 100;

    public int Jobs { get; init; } = 1;

    public bool StopsAtFailure { get; init; }

    public string? ProgressFile { get; init; }

    public required Func<ulong, ShopPlan> PlanOf { get; init; }

    public async Task<bool> RunAsync()
    {
        if (ProgressFile is not null && File.Exists(ProgressFile))
        {
            _before = Progress.Parse(await File.ReadAllTextAsync(ProgressFile));
            await output.WriteLineAsync($"Goes on after {_before}.");
        }

        (_next, _failed, _steps) = (From + _before.Done, _before.Failed, _before.Steps);
        _watch.Start();
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => Task.Run(WorkAsync)));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"seeds {From} to {_next - 1}: {Now()}"));
        return _failed == 0;
    }

    private async Task WorkAsync()
    {
        while (Take() is { } seed)
        {
            var report = await ShopRun.RunAsync(PlanOf(seed));
            lock (_lock)
            {
                Note(seed, report);
            }
        }
    }

    private ulong? Take()
    {
        lock (_lock)
        {
            if (_isStopped || _next >= From + Count)
            {
                return null;
            }

            _running.Add(_next);
            return _next++;
        }
    }

    private void Note(ulong seed, ShopReport report)
    {
        _steps += report.Trace?.Steps ?? 0;
        if (!report.IsGreen)
        {
            _failed++;
            _isStopped |= StopsAtFailure;
            output.WriteLine(report.ToString());
        }

        _running.Remove(seed);
        if (_watch.Elapsed - _lastReport < ReportEvery)
        {
            return;
        }

        _lastReport = _watch.Elapsed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_next - From} of {Count} seeds, {Now()}"));
        if (ProgressFile is not null)
        {
            File.WriteAllText(ProgressFile, Now().ToString());
        }
    }

    // All seeds below the first one that still runs are done; a seed beyond it may run again after an interruption.
    private Progress Now() => new(
        (_running.Count > 0 ? _running.Min : _next) - From, _failed, _steps, _before.Time + _watch.Elapsed);

    private sealed record Progress(ulong Done, long Failed, long Steps, TimeSpan Time)
    {
        public static Progress Parse(string text) => text.Split(' ') is [var done, _, var failed, _, var steps, _, var time]
            ? new(
                ulong.Parse(done, CultureInfo.InvariantCulture),
                long.Parse(failed, CultureInfo.InvariantCulture),
                long.Parse(steps, CultureInfo.InvariantCulture),
                TimeSpan.Parse(time, CultureInfo.InvariantCulture))
            : throw new InvalidDataException($"'{text}' is not the progress of a run.");

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Done} done, {Failed} failed, {Steps} steps, {Time:c}");
    }
}
