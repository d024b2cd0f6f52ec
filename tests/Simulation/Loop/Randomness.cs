namespace ActorShop.Simulation;

/// <summary>The randomness of a run: SplitMix64 from a seed. Each subsystem forks its own, so a draw more in one shifts nothing in another.</summary>
public sealed class Randomness
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private readonly ulong _seed;
    private readonly DrawCounter _counter;
    private ulong _state;

    public Randomness(ulong seed)
        : this(seed, new DrawCounter())
    {
    }

    private Randomness(ulong seed, DrawCounter counter) => (_seed, _state, _counter) = (seed, seed, counter);

    /// <summary>The number of draws so far, all forks together. The trace folds it in.</summary>
    public long Draws => _counter.Count;

    /// <summary>A source for one subsystem. The same name gives the same sequence.</summary>
    public Randomness Fork(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // FNV-1a: string.GetHashCode differs in every process.
        var hash = name.Aggregate(0xCBF29CE484222325, static (hash, letter) => unchecked((hash ^ letter) * 0x100000001B3));
        return new(Mix(_seed ^ hash), _counter);
    }

    public ulong NextUInt64()
    {
        _counter.Count++;
        return Mix(unchecked(_state += Gamma));
    }

    public int Next(int limit) => (int)(NextUInt64() % (ulong)limit);

    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public bool Flip(double probability) => NextDouble() < probability;

    public TimeSpan NextTime(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * NextDouble());

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    private sealed class DrawCounter
    {
        public long Count { get; set; }
    }
}
