namespace ActorShop.Testing.Customers;

/// <summary>How many clients there are, and how they behave.</summary>
/// <param name="Clerks">The number of concurrent clerks. Where there are clerks there is a merchant.</param>
/// <param name="Think">The average pause of a customer between two purchases.</param>
public sealed record WorkloadPlan(int Seed, int Customers, int Clerks, int Goods, TimeSpan Think)
{
    /// <summary>How long a client repeats a request before it stops.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How many of a hundred requests under a key are not repeated when no answer arrives.</summary>
    public int GiveUpPercent { get; init; }

    /// <summary>The longest pause of a clerk without an order to work on.</summary>
    public TimeSpan ClerkPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two prices of the merchant.</summary>
    public TimeSpan PricePause { get; init; } = TimeSpan.FromSeconds(10);

    public int RestockUnits { get; init; } = 19;

    /// <summary>The units at the start: a base and a random part. Every eighth SKU has few.</summary>
    public (int From, int Random) OpeningUnits { get; init; } = (5_000, 1);

    /// <summary>The number of clients that only read, and never see an older version than before.</summary>
    public int Watchers { get; init; }
}
