using System.Globalization;

namespace ActorShop.Chaos.Faults;

/// <summary>What is done to a cluster, one thing after another, as a seed has it.</summary>
/// <remarks>The kinds come in rounds, each once in a round and in an order of its own, so that the shortest run has them all. Pure.</remarks>
/// <param name="seed">Chooses everything.</param>
/// <param name="kinds">What may be done.</param>
/// <param name="silos">How many silos there are.</param>
/// <param name="apis">How many APIs there are.</param>
/// <param name="stretch">By how much everything takes longer, or with less than 1 shorter, than it does by itself.</param>
internal sealed class FaultSchedule(int seed, IReadOnlyCollection<FaultKind> kinds, int silos, int apis, double stretch = 1)
{
    private static readonly CutKind[] Cuts = Enum.GetValues<CutKind>();

    /// <summary>The faults, without an end.</summary>
    public IEnumerable<PlannedFault> Faults()
    {
        var random = new Random(seed);
        var cuts = new Queue<CutKind>();
        while (true)
        {
            var round = kinds.Order().ToArray();
            random.Shuffle(round);
            foreach (var kind in round)
            {
                yield return Next(kind, random, cuts);
            }
        }
    }

    private PlannedFault Next(FaultKind kind, Random random, Queue<CutKind> cuts)
    {
        var gap = Seconds(random, 4, 10);
        switch (kind)
        {
            case FaultKind.Kill:
                // Mostly a silo, sometimes an API or the payment provider.
                var victim = random.Next(8) switch
                {
                    0 when apis > 1 => Name("api", random, apis),
                    1 => "payments",
                    _ => Name("silo", random, silos),
                };
                return new(gap, kind, victim, Seconds(random, 1, 10));
            case FaultKind.Pause:
                return new(gap, kind, Name("silo", random, silos), Seconds(random, 1, 15));
            case FaultKind.Stop:
                return new(gap, kind, apis > 1 && random.Next(6) == 0 ? Name("api", random, apis) : Name("silo", random, silos), Seconds(random, 0, 5));
            case FaultKind.Database:
                return new(gap, kind, "postgres", Seconds(random, 0, 6));
            default:
                if (cuts.Count == 0)
                {
                    var all = Cuts.ToArray();
                    random.Shuffle(all);
                    Array.ForEach(all, cuts.Enqueue);
                }

                return new(gap, kind, Name("silo", random, silos), Seconds(random, 2, 10), cuts.Dequeue());
        }
    }

    private static string Name(string role, Random random, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{role}-{random.Next(count) + 1}");

    private TimeSpan Seconds(Random random, double from, double to) =>
        TimeSpan.FromSeconds(Math.Round(stretch * (from + (random.NextDouble() * (to - from))), 1));
}
