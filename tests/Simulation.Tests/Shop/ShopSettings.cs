namespace ActorShop.Simulation.Shop;

/// <summary>The shop's settings in a run: shorter than any installation's, and different from seed to seed.</summary>
/// <param name="DueWorkInterval">Between two looks for due work; also its lease.</param>
/// <param name="ProviderLate">After what time the provider decides what it decides late.</param>
/// <param name="LeaveAfter">How long a silo stays that cannot read the membership table while others read it.</param>
internal sealed record ShopSettings(
    TimeSpan Deadline, TimeSpan CheckoutTimeout, TimeSpan OperationTimeout, TimeSpan OrderResumeAfter, TimeSpan CartResumeAfter,
    TimeSpan RetryTo, TimeSpan DueWorkInterval, TimeSpan ProviderLate, TimeSpan ProviderTimeout, TimeSpan ResponseTimeout, TimeSpan CollectionAge, TimeSpan LeaveAfter)
{
    public static ShopSettings Draw(Func<int, int> draw)
    {
        return new(
            Seconds(10, 60), Seconds(0, 6), Seconds(0, 6), Seconds(1, 10), Seconds(1, 15), Seconds(1, 10), Seconds(2, 10),
            Seconds(0, 70), Seconds(1, 10), Seconds(12, 30), Seconds(61, 200), Seconds(3, 10));

        TimeSpan Seconds(int from, int to) => TimeSpan.FromSeconds(from + draw(to - from + 1));
    }
}
