using System.Globalization;

namespace ActorShop.Load;

/// <summary>The result of a load run: the seconds without the warm-up, the rounds with it; latencies of all operations together, then of each.</summary>
internal sealed record LoadResult(
    string Mix, int Clients, double Seconds, long Rounds, IReadOnlyList<LatencySummary> Operations, IReadOnlyDictionary<string, int> Errors)
{
    public static LoadResult Of(LoadMix mix, int clients, TimeSpan elapsed, long rounds, IReadOnlyList<LatencyRecorder> recorders)
    {
        var samples = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        var errors = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var recorder in recorders)
        {
            foreach (var (operation, list) in recorder.Samples)
            {
                samples.TryAdd(operation, []);
                samples[operation].AddRange(list);
            }

            foreach (var (error, count) in recorder.Errors)
            {
                errors[error] = errors.GetValueOrDefault(error) + count;
            }
        }

        List<double> all = [.. samples.Values.SelectMany(static list => list)];
        return new LoadResult(
            mix.ToString().ToLower(CultureInfo.InvariantCulture), clients, elapsed.TotalSeconds, rounds,
            [LatencySummary.Of("all", all, elapsed), .. samples.Select(pair => LatencySummary.Of(pair.Key, pair.Value, elapsed))], errors);
    }
}
