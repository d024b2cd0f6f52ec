namespace ActorShop.Api.Operators;

/// <summary>How long requests took, in buckets that grow by 15 %: a percentile is at most 8 % off, in 100 numbers.</summary>
internal sealed class LatencyHistogram
{
    private const int Buckets = 100;
    private const double Growth = 1.15;

    // A tenth of a millisecond; the last bucket begins at 100 seconds.
    private const double First = 0.0001;

    private readonly int[] _counts = new int[Buckets];

    public int Count { get; private set; }

    public void Add(double seconds)
    {
        _counts[Math.Clamp((int)Math.Ceiling(Math.Log(seconds / First, Growth)), 0, Buckets - 1)]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>Milliseconds within which a part of the requests was answered; null without requests.</summary>
    public double? Percentile(double part)
    {
        var rank = Math.Max(1, (int)Math.Ceiling(part * Count));
        for (int i = 0, sum = 0; i < Buckets; i++)
        {
            sum += _counts[i];
            if (sum >= rank)
            {
                return Math.Round(First * Math.Pow(Growth, i - 0.5) * 1000, 2);
            }
        }

        return null;
    }
}
