namespace ActorShop.Load;

/// <summary>Every latency of one client, kept whole: percentiles are exact. Owned by one client until the end.</summary>
internal sealed class LatencyRecorder
{
    private readonly Dictionary<string, List<double>> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _errors = new(StringComparer.Ordinal);

    /// <summary>Latencies in milliseconds, by operation.</summary>
    public IReadOnlyDictionary<string, List<double>> Samples => _samples;

    /// <summary>How often what went wrong: the operation and its status or fault.</summary>
    public IReadOnlyDictionary<string, int> Errors => _errors;

    public void Add(string operation, TimeSpan latency)
    {
        if (!_samples.TryGetValue(operation, out var list))
        {
            _samples[operation] = list = [];
        }

        list.Add(latency.TotalMilliseconds);
    }

    public void AddError(string operation, string what)
    {
        var error = $"{operation}: {what}";
        _errors[error] = _errors.GetValueOrDefault(error) + 1;
    }
}

/// <summary>Latencies of one operation over all clients.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Count">How many.</param>
/// <param name="PerSecond">How many in a second.</param>
/// <param name="P50">Milliseconds that half of them stayed within.</param>
/// <param name="P90">The same for nine of ten.</param>
/// <param name="P99">The same for 99 of a hundred.</param>
/// <param name="Max">The longest.</param>
internal sealed record LatencySummary(string Operation, int Count, double PerSecond, double P50, double P90, double P99, double Max)
{
    /// <summary>Summarises samples; they are sorted in place.</summary>
    public static LatencySummary Of(string operation, List<double> samples, TimeSpan elapsed)
    {
        samples.Sort();
        return new LatencySummary(
            operation, samples.Count, samples.Count / elapsed.TotalSeconds, At(samples, 0.50), At(samples, 0.90), At(samples, 0.99), At(samples, 1));
    }

    // The nearest rank: a latency that occurred, never one in between.
    private static double At(List<double> sorted, double part) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
}
