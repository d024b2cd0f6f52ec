using System.Globalization;

namespace ActorShop.Simulation;

/// <summary>All steps of a run folded into one number. Two runs of one seed have the same number, in any process.</summary>
public sealed class SimulationTrace
{
    private const int Kept = 10_000;
    private const int StepsPerCheckpoint = 1_000;
    private const ulong Prime = 0x9FB21C651E98DF25;

    private readonly Step[] _last = new Step[Kept];
    private readonly List<ulong> _checkpoints = [];

    public ulong Hash { get; private set; } = 0x9E3779B97F4A7C15;

    public long Steps { get; private set; }

    /// <summary>The first step that differs; null if the traces are the same.</summary>
    /// <remarks>Exact among the last 10,000 steps, which are kept. Before that it names the thousand.</remarks>
    public static string? FirstDifference(SimulationTrace one, SimulationTrace other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Hash == other.Hash && one.Steps == other.Steps)
        {
            return null;
        }

        var block = one._checkpoints.Zip(other._checkpoints).TakeWhile(static pair => pair.First == pair.Second).Count();
        var first = Math.Max(block * StepsPerCheckpoint, Math.Max(one.Steps, other.Steps) - Kept);
        for (var number = first + 1; number <= Math.Min(one.Steps, other.Steps); number++)
        {
            var (mine, theirs) = (one.StepOf(number).ToString(), other.StepOf(number).ToString());
            if (!string.Equals(mine, theirs, StringComparison.Ordinal))
            {
                return $"{mine} and {theirs}";
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"after step {block * StepsPerCheckpoint}: {one} and {other}");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hash:x16} after {Steps} steps");

    internal void Add(TimeSpan time, TurnScheduler scheduler, long draws)
    {
        Steps++;
        Fold((ulong)time.Ticks);
        Fold(scheduler.Identity);
        Fold(((ulong)(scheduler.Process.Number + 1) << 32) + (ulong)scheduler.Process.Life);
        Fold((ulong)draws);
        _last[Steps % Kept] = new(Steps, time, scheduler, draws);
        if (Steps % StepsPerCheckpoint == 0)
        {
            _checkpoints.Add(Hash);
        }
    }

    private Step StepOf(long number) => _last[number % Kept];

    private void Fold(ulong value)
    {
        var mixed = unchecked((Hash ^ value) * Prime);
        Hash = mixed ^ (mixed >> 29);
    }

    // Formatted only when it is shown: there are millions of steps.
    private readonly record struct Step(long Number, TimeSpan Time, TurnScheduler Scheduler, long Draws)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"step {Number} at {Time:c}: {Scheduler} ({Scheduler.Identity:x}), draw {Draws}");
    }
}
