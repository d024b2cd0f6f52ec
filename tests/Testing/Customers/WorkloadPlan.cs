namespace ActorShop.Testing.Customers;

/// <summary>How many clients there are, and how they behave.</summary>
/// <param name="Seed">Chooses what each client does.</param>
/// <param name="Customers">The number of concurrent customers.</param>
/// <param name="Clerks">The number of concurrent clerks.</param>
/// <param name="Goods">The number of SKUs.</param>
/// <param name="Think">The average pause of a customer between two purchases.</param>
public sealed record WorkloadPlan(int Seed, int Customers, int Clerks, int Goods, TimeSpan Think)
{
    /// <summary>How long a client repeats a request before it stops.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The limit of one attempt.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Of a hundred requests without an answer, how many are not repeated.</summary>
    public int GiveUpPercent { get; init; }
}
