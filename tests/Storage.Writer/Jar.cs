using System.Globalization;

namespace ActorShop.Storage.Writer;

/// <summary>A head of the tests: coins in a jar.</summary>
public sealed record Jar
{
    public long Coins { get; init; }
}

public abstract record JarEvent
{
    private JarEvent()
    {
    }

    [Alias("tests.jar-event.filled")]
    public sealed record Filled(long Coins) : JarEvent;
}

public static class Jars
{
    /// <summary>The state after one more event, as a write carries it.</summary>
    public static EntityRecord<Jar, JarEvent> Next(EntityRecord<Jar, JarEvent> before, DateTimeOffset at, DateTimeOffset? due = null, string? label = null) => new()
    {
        Head = new Jar { Coins = before.Head.Coins + 1 },
        Sequence = before.Sequence + 1,
        Events = [new(before.Sequence + 1, at, "filled", (before.Sequence + 1).ToString(CultureInfo.InvariantCulture), new JarEvent.Filled(1))],
        Outbox = [new(before.Sequence + 1, "tests")],
        Postings = [new(before.Sequence + 1, "jar", 1, "GBP"), new(before.Sequence + 1, "pocket", -1, "GBP")],
        Due = due,
        Label = label,
    };
}
