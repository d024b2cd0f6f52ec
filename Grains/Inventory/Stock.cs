using System.Text.Json.Serialization;

namespace ActorShop.Inventory;

/// <summary>The stock of one SKU: its units and reservations. The rules of each operation stand in the file of its name.</summary>
/// <remarks>
/// A reservation ends exactly once: committed, released or expired. The state stores which reservations have ended for the newest
/// <see cref="Window"/> ids; for an id at or below <see cref="Forgotten"/> only the ledger has it, so commands take a
/// <see cref="Past"/> that was looked up there (ADR 8).
/// </remarks>
internal sealed partial record Stock : IEntity
{
    /// <summary>The largest number of units on hand, and the largest that may be missing: sums of all members stay within an int.</summary>
    public const int MaxUnits = 500_000_000;

    public const int Window = 512;

    public const int AdjustmentWindow = 32;

    /// <summary>How many reservations expire in one decision, which limits the size of a write.</summary>
    public const int SweepLimit = 1_000;

    /// <summary>How long uncounted reservations stay valid after tracking began: no reservation lives longer.</summary>
    public static readonly TimeSpan UncountedPromises = TimeSpan.FromDays(2);

    private ImmutableSortedDictionary<DateTimeOffset, int>? _expiries;

    public long Version { get; init; }

    /// <summary>Units on hand; below zero only if the policy is backorder or untracked.</summary>
    public int OnHand { get; init; }

    public int Reserved { get; init; }

    public StockPolicy Policy { get; init; }

    public int BackorderLimit { get; init; }

    /// <summary>When tracking began again; null if the stock was always tracked, or is not.</summary>
    public DateTimeOffset? CountedSince { get; init; }

    public ImmutableSortedDictionary<string, Reservation> Reservations { get; init; } =
        ImmutableSortedDictionary.Create<string, Reservation>(StringComparer.Ordinal);

    /// <summary>Ended reservations of the newest ids, and whether they were committed.</summary>
    public ImmutableSortedDictionary<string, bool> Ended { get; init; } =
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    /// <summary>The newest id that is no longer in <see cref="Ended"/>; null while none was dropped.</summary>
    public string? Forgotten { get; init; }

    /// <summary>The last adjustments, oldest first.</summary>
    public ImmutableArray<Adjustment> Adjustments { get; init; } = [];

    /// <summary>Whether there were adjustments before those.</summary>
    public bool AdjustmentsForgotten { get; init; }

    /// <summary>When the first reservation may expire, rounded up to whole minutes so that the index of due work rarely moves.</summary>
    public DateTimeOffset? Due => Expiries.IsEmpty ? null : Expiries.First().Key;

    /// <summary>The units that can be reserved now; unlimited if untracked.</summary>
    [JsonIgnore]
    public int Promisable => StockLevel.PromisableUnits(Policy, OnHand, Reserved, BackorderLimit);

    // Derived, and carried from state to state: counting thousands of live reservations at each command would be slow.
    private ImmutableSortedDictionary<DateTimeOffset, int> Expiries => _expiries ??= Reservations.Values
        .GroupBy(static r => RoundUp(r.ExpiresAt))
        .ToImmutableSortedDictionary(static group => group.Key, static group => group.Count());

    /// <summary>Whether only the ledger has the end of an order's reservation.</summary>
    public bool NeedsPast(OrderId order) =>
        !Knows(order) && Forgotten is { } forgotten && string.CompareOrdinal(order.Value, forgotten) <= 0;

    public bool Knows(OrderId order) => Reservations.ContainsKey(order.Value) || Ended.ContainsKey(order.Value);

    public StockLevel ToLevel(Sku sku) => new(sku, OnHand, Reserved, Policy, BackorderLimit, Version);

    private bool? EndOf(OrderId order, Past past) =>
        Ended.TryGetValue(order.Value, out var committed) ? committed
        : NeedsPast(order) && past is not Past.Nothing ? past is Past.Committed
        : null;

    internal Stock End(OrderId order, bool committed)
    {
        var expiries = Reservations.TryGetValue(order.Value, out var live) ? Count(live.ExpiresAt, -1) : Expiries;
        var ended = Ended.SetItem(order.Value, committed);
        var forgotten = Forgotten;
        while (ended.Count > Window)
        {
            var oldest = ended.First().Key;
            ended = ended.Remove(oldest);
            forgotten = forgotten is null || string.CompareOrdinal(oldest, forgotten) > 0 ? oldest : forgotten;
        }

        return this with { Reservations = Reservations.Remove(order.Value), Ended = ended, Forgotten = forgotten, _expiries = expiries };
    }

    private ImmutableSortedDictionary<DateTimeOffset, int> Count(DateTimeOffset expiresAt, int change)
    {
        var minute = RoundUp(expiresAt);
        var count = Expiries.GetValueOrDefault(minute) + change;
        return count > 0 ? Expiries.SetItem(minute, count) : Expiries.Remove(minute);
    }

    private static DateTimeOffset RoundUp(DateTimeOffset at) =>
        new((at.UtcTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
