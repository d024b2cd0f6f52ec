namespace ActorShop.Storage.Reporting;

/// <summary>What projections into either database have in common.</summary>
internal static class Projecting
{
    /// <summary>Refuses what no read model is made of.</summary>
    /// <exception cref="ArgumentException">There is no read model of the topic.</exception>
    public static void Check(string topic)
    {
        if (!string.Equals(topic, Projections.Reporting, StringComparison.Ordinal))
        {
            throw new ArgumentException($"There is no read model of topic \"{topic}\".", nameof(topic));
        }
    }

    /// <summary>How far a read model is behind: the events that it lacks, and for how long the first of them has waited.</summary>
    /// <param name="waiting">Events in the outbox, and when the first of them happened.</param>
    /// <param name="remaining">Of a making anew: the events that are still to come, and when it began. Nothing where none is under way.</param>
    /// <param name="now">The time.</param>
    public static (long Events, double Seconds) Lag(
        (long Events, DateTimeOffset? Since) waiting, (long Events, DateTimeOffset? Since) remaining, DateTimeOffset now)
    {
        var oldest = waiting.Since < remaining.Since || remaining.Since is null ? waiting.Since : remaining.Since;
        return (Math.Max(waiting.Events, remaining.Events), oldest is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0);
    }
}
