namespace ActorShop.Load;

/// <summary>The latencies and errors of one client. It keeps every sample, so percentiles are exact.</summary>
internal sealed class LatencyRecorder
{
    private readonly Dictionary<string, List<double>> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _errors = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, List<double>> Samples => _samples;

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
