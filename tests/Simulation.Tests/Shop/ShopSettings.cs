namespace ActorShop.Simulation.Shop;

/// <summary>The shop's settings in a run: shorter than any installation's, and different from seed to seed.</summary>
/// <param name="Deadline">Of a checkout.</param>
/// <param name="ReservationLifetime">Longer than the deadline.</param>
/// <param name="CheckoutTimeout">How long a checkout's caller waits.</param>
/// <param name="OperationTimeout">How long the caller of another operation waits.</param>
/// <param name="OrderResumeAfter">When an order that makes no progress is resumed.</param>
/// <param name="CartResumeAfter">When a cart in a checkout is resumed.</param>
/// <param name="RetryTo">The longest pause between two attempts of an order.</param>
/// <param name="DueWorkInterval">Between two looks for due work; also its lease.</param>
/// <param name="ProviderLate">After what time the provider decides what it decides late.</param>
/// <param name="ProviderTimeout">How long the shop waits for the provider.</param>
/// <param name="ResponseTimeout">Of calls between grains.</param>
/// <param name="CollectionAge">Of idle activations.</param>
/// <param name="LeaveAfter">How long a silo stays that cannot read the membership table while others read it.</param>
internal sealed record ShopSettings(
    TimeSpan Deadline, TimeSpan ReservationLifetime, TimeSpan CheckoutTimeout, TimeSpan OperationTimeout, TimeSpan OrderResumeAfter, TimeSpan CartResumeAfter,
    TimeSpan RetryTo, TimeSpan DueWorkInterval, TimeSpan ProviderLate, TimeSpan ProviderTimeout, TimeSpan ResponseTimeout, TimeSpan CollectionAge, TimeSpan LeaveAfter)
{
    public static ShopSettings Draw(Func<int, int> draw)
    {
        var deadline = Seconds(10, 60);
        return new(
            deadline, deadline + Seconds(10, 60), Seconds(0, 6), Seconds(0, 6), Seconds(1, 10), Seconds(1, 15), Seconds(1, 10), Seconds(2, 10),
            Seconds(0, 70), Seconds(1, 10), Seconds(12, 30), Seconds(61, 200), Seconds(3, 10));

        TimeSpan Seconds(int from, int to) => TimeSpan.FromSeconds(from + draw(to - from + 1));
    }
}
