namespace ActorShop.Load;

/// <summary>Latencies of one operation over all clients, in milliseconds.</summary>
internal sealed record LatencySummary(string Operation, int Count, double PerSecond, double P50, double P90, double P99, double Max)
{
    /// <summary>Summarises samples; they are sorted in place.</summary>
    public static LatencySummary Of(string operation, List<double> samples, TimeSpan elapsed)
    {
        samples.Sort();
        return new LatencySummary(
            operation, samples.Count, samples.Count / elapsed.TotalSeconds, At(samples, 0.50), At(samples, 0.90), At(samples, 0.99), At(samples, 1));
    }

    // The nearest rank: a latency that occurred, never an interpolated one.
    private static double At(List<double> sorted, double part) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
}
