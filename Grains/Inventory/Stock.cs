using System.Text.Json.Serialization;

namespace ActorShop.Inventory;

/// <summary>The stock of one SKU: its units, and what is reserved of them. The rules of each operation stand in the file of its name.</summary>
/// <remarks>
/// The state has the reservations of orders that have not settled. What a settled order took stands in the ledger under the order's id, and as a
/// number in <see cref="Allocated"/> until it is shipped, so the state does not grow with the orders.
/// </remarks>
internal sealed partial record Stock : IEntity
{
    /// <summary>The largest number of units on hand, and the largest that may be missing: sums of all members stay within an int.</summary>
    public const int MaxUnits = 500_000_000;

    public const int AdjustmentWindow = 32;

    private ImmutableSortedDictionary<DateTimeOffset, int>? _checks;

    public long Version { get; init; }

    /// <summary>Units on hand; below zero only if the policy is backorder or untracked.</summary>
    public int OnHand { get; init; }

    /// <summary>The units of all reservations, and the allocated ones.</summary>
    public int Reserved { get; init; }

    /// <summary>Units of confirmed orders that are not shipped.</summary>
    public int Allocated { get; init; }

    public StockPolicy Policy { get; init; }

    public int BackorderLimit { get; init; }

    public ImmutableSortedDictionary<string, Reservation> Reservations { get; init; } =
        ImmutableSortedDictionary.Create<string, Reservation>(StringComparer.Ordinal);

    /// <summary>The last adjustments, oldest first.</summary>
    public ImmutableArray<Adjustment> Adjustments { get; init; } = [];

    /// <summary>Whether there were adjustments before those.</summary>
    public bool AdjustmentsForgotten { get; init; }

    /// <summary>When the first order is to be asked, rounded up to whole minutes so that the index of due work rarely moves.</summary>
    public DateTimeOffset? Due => Checks.IsEmpty ? null : Checks.First().Key;

    /// <summary>The units that can be reserved now; unlimited if untracked.</summary>
    [JsonIgnore]
    public int Promisable => StockLevel.PromisableUnits(Policy, OnHand, Reserved, BackorderLimit);

    // Derived, and carried from state to state: counting thousands of live reservations at each command would be slow.
    private ImmutableSortedDictionary<DateTimeOffset, int> Checks => _checks ??= Reservations.Values
        .GroupBy(static r => RoundUp(r.CheckAt))
        .ToImmutableSortedDictionary(static group => group.Key, static group => group.Count());

    public StockLevel ToLevel(Sku sku) => new(sku, OnHand, Reserved, Policy, BackorderLimit, Version);

    public int UnitsOf(OrderId order) => Reservations.TryGetValue(order.Value, out var live) ? live.Quantity : 0;

    /// <summary>The number of the reservation of an order; null if it has none.</summary>
    public long? NumberOf(OrderId order) => Reservations.TryGetValue(order.Value, out var live) ? live.Number : null;

    internal Stock Add(OrderId order, Reservation reservation) => this with
    {
        Reservations = Reservations.SetItem(order.Value, reservation),
        _checks = Count(reservation.CheckAt, 1),
    };

    internal Stock Drop(OrderId order) => Reservations.TryGetValue(order.Value, out var live)
        ? this with { Reservations = Reservations.Remove(order.Value), _checks = Count(live.CheckAt, -1) }
        : this;

    private ImmutableSortedDictionary<DateTimeOffset, int> Count(DateTimeOffset checkAt, int change)
    {
        var minute = RoundUp(checkAt);
        var count = Checks.GetValueOrDefault(minute) + change;
        return count > 0 ? Checks.SetItem(minute, count) : Checks.Remove(minute);
    }

    private static DateTimeOffset RoundUp(DateTimeOffset at) =>
        new((at.UtcTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
