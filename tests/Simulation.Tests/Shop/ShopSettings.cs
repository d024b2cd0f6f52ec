namespace ActorShop.Simulation.Shop;

/// <summary>The shop's settings in a run: shorter than any installation's, and different from seed to seed.</summary>
internal sealed record ShopSettings
{
    public TimeSpan Deadline { get; init; }

    public TimeSpan ReservationLifetime { get; init; }

    public TimeSpan CheckoutTimeout { get; init; }

    public TimeSpan OperationTimeout { get; init; }

    public TimeSpan OrderLook { get; init; }

    public TimeSpan CartLook { get; init; }

    public TimeSpan RetryTo { get; init; }

    public TimeSpan DueWorkInterval { get; init; }

    public TimeSpan ProviderLate { get; init; }

    public TimeSpan ProviderTimeout { get; init; }

    public TimeSpan ResponseTimeout { get; init; }

    public TimeSpan CollectionAge { get; init; }

    /// <summary>How long a silo that cannot read the membership table stays while others read it.</summary>
    public TimeSpan LeaveAfter { get; init; } = TimeSpan.FromSeconds(10);

    public static ShopSettings Draw(Func<int, int> draw)
    {
        var deadline = Seconds(draw, 10, 60);
        return new()
        {
            Deadline = deadline,
            ReservationLifetime = deadline + Seconds(draw, 10, 60),
            CheckoutTimeout = Seconds(draw, 0, 6),
            OperationTimeout = Seconds(draw, 0, 6),
            OrderLook = Seconds(draw, 1, 10),
            CartLook = Seconds(draw, 1, 15),
            RetryTo = Seconds(draw, 1, 10),
            DueWorkInterval = Seconds(draw, 2, 10),
            ProviderLate = Seconds(draw, 0, 70),
            ProviderTimeout = Seconds(draw, 1, 10),
            ResponseTimeout = Seconds(draw, 12, 30),
            CollectionAge = Seconds(draw, 61, 200),
            LeaveAfter = Seconds(draw, 3, 10),
        };
    }

    private static TimeSpan Seconds(Func<int, int> draw, int from, int to) => TimeSpan.FromSeconds(from + draw(to - from + 1));
}
