using System.Text.Json.Serialization;

namespace ActorShop.Inventory;

/// <summary>The stock of one SKU: its units, the promises made of them, and the rules of both.</summary>
/// <remarks>
/// A reservation ends exactly once: committed, released or expired. Which reservations have ended is remembered for the newest
/// <see cref="Window"/> ids; of an id at or below <see cref="Forgotten"/> only the ledger knows, so commands about it take a
/// <see cref="Past"/> that was looked up there (ADR 8).
/// </remarks>
internal sealed record Stock : IEntity<Stock, StockEvent>
{
    /// <summary>The largest number of units on hand, and the largest that may be missing: sums of all members stay within an int.</summary>
    public const int MaxUnits = 500_000_000;

    /// <summary>How many ended reservations the head remembers.</summary>
    public const int Window = 512;

    /// <summary>How many adjustments the head remembers.</summary>
    public const int AdjustmentWindow = 32;

    /// <summary>How many reservations expire in one decision, so that a write stays a write.</summary>
    public const int SweepLimit = 1_000;

    /// <summary>How long promises that were not counted are kept after counting began: no reservation lives longer.</summary>
    public static readonly TimeSpan UncountedPromises = TimeSpan.FromDays(2);

    private ImmutableSortedDictionary<DateTimeOffset, int>? _expiries;

    /// <summary>The number of ledger entries.</summary>
    public long Version { get; init; }

    /// <summary>Units in the house; below zero only where the policy lets them be sold ahead or does not count.</summary>
    public int OnHand { get; init; }

    /// <summary>Units of live reservations.</summary>
    public int Reserved { get; init; }

    /// <summary>What limits promises.</summary>
    public StockPolicy Policy { get; init; }

    /// <summary>With <see cref="StockPolicy.Backorder"/>, how far below zero promises may go.</summary>
    public int BackorderLimit { get; init; }

    /// <summary>When counting began again; null where it always counted, or does not.</summary>
    public DateTimeOffset? CountedSince { get; init; }

    /// <summary>Live reservations by order.</summary>
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

    /// <summary>The units that can be promised now; without limit where they are not counted.</summary>
    [JsonIgnore]
    public int Promisable => Policy switch
    {
        StockPolicy.Tracked => OnHand - Reserved,
        StockPolicy.Backorder => OnHand - Reserved + BackorderLimit,
        _ => int.MaxValue,
    };

    // Derived, and kept from one state to the next: with thousands of live reservations nobody may count them at each command.
    private ImmutableSortedDictionary<DateTimeOffset, int> Expiries => _expiries ??= Reservations.Values
        .GroupBy(static r => RoundUp(r.ExpiresAt))
        .ToImmutableSortedDictionary(static group => group.Key, static group => group.Count());

    /// <summary>Whether only the ledger knows what became of an order's reservation.</summary>
    public bool NeedsPast(OrderId order) =>
        !Reservations.ContainsKey(order.Value) && !Ended.ContainsKey(order.Value)
        && Forgotten is { } forgotten && string.CompareOrdinal(order.Value, forgotten) <= 0;

    /// <summary>Whether only the ledger knows whether an adjustment was made.</summary>
    public bool NeedsPast(string operationId) => AdjustmentsForgotten && Find(operationId) is null;

    /// <inheritdoc cref="IStockGrain.ReserveAsync"/>
    public Decision<ReserveResult, StockEvent> Reserve(OrderId order, int quantity, TimeSpan lifetime, DateTimeOffset now, Past past)
    {
        var (stock, expired) = Sweep(now, order);
        if (stock.EndOf(order, past) is { } committed)
        {
            return new(new ReserveResult.Ended(committed), expired);
        }

        if (stock.Reservations.TryGetValue(order.Value, out var live))
        {
            return new(new ReserveResult.Reserved(live.ExpiresAt), expired);
        }

        var expiresAt = now + lifetime;
        if (stock.Policy is StockPolicy.Untracked)
        {
            return new(new ReserveResult.Reserved(expiresAt), expired);
        }

        return quantity > stock.Promisable
            ? new(new ReserveResult.Insufficient(stock.Promisable), expired)
            : new(
                new ReserveResult.Reserved(expiresAt),
                expired.Add(new StockEvent.UnitsReserved(order, quantity, expiresAt, 0, stock.OnHand, stock.Reserved + quantity)));
    }

    /// <inheritdoc cref="IStockGrain.CommitAsync"/>
    /// <remarks>
    /// Where units are not counted there is nothing to commit, and it succeeds. So it does for an order of which nothing at all is known
    /// shortly after counting began: what it was promised before is kept, and was never counted.
    /// </remarks>
    public Decision<CommitResult, StockEvent> Commit(OrderId order, DateTimeOffset now, Past past)
    {
        var (stock, expired) = Sweep(now, order);
        if (stock.Reservations.TryGetValue(order.Value, out var live))
        {
            var quantity = live.Quantity;
            return new(
                new CommitResult.Committed(),
                expired.Add(new StockEvent.Committed(order, quantity, -quantity, stock.OnHand - quantity, stock.Reserved - quantity)));
        }

        var held = stock.EndOf(order, past)
            ?? (stock.Policy is StockPolicy.Untracked || (stock.CountedSince is { } since && now < since + UncountedPromises));
        return new(held ? new CommitResult.Committed() : new CommitResult.Lost(), expired);
    }

    /// <inheritdoc cref="IStockGrain.ReleaseAsync"/>
    public ImmutableArray<StockEvent> Release(OrderId order) => Reservations.TryGetValue(order.Value, out var live)
        ? [new StockEvent.Released(order, live.Quantity, 0, OnHand, Reserved - live.Quantity)]
        : [];

    /// <inheritdoc cref="IStockGrain.AdjustAsync"/>
    public Decision<AdjustResult, StockEvent> Adjust(Sku sku, string operationId, int delta, string reason, Adjustment? past)
    {
        if ((Find(operationId) ?? past) is { } made)
        {
            return new(new AdjustResult.Adjusted(new(sku, made.OnHand, made.Reserved, Policy, BackorderLimit, made.Version)), []);
        }

        if (Policy is not StockPolicy.Untracked && -(long)delta > Promisable)
        {
            return new(new AdjustResult.Insufficient(Promisable), []);
        }

        if (Math.Abs((long)OnHand + delta) > MaxUnits)
        {
            return new(new AdjustResult.LimitExceeded(MaxUnits), []);
        }

        var happened = new StockEvent.Adjusted(operationId, reason, delta, OnHand + delta, Reserved);
        return new(new AdjustResult.Adjusted(Apply(happened).ToLevel(sku)), [happened]);
    }

    /// <inheritdoc cref="IStockGrain.SetPolicyAsync"/>
    public Decision<SetPolicyResult, StockEvent> SetPolicy(
        Sku sku, StockPolicy policy, int backorderLimit, long? expectedVersion, DateTimeOffset now)
    {
        if (expectedVersion is { } expected && expected != Version)
        {
            return new(new SetPolicyResult.VersionMismatch(Version), []);
        }

        if (policy == Policy && backorderLimit == BackorderLimit)
        {
            return new(new SetPolicyResult.Changed(ToLevel(sku)), []);
        }

        var happened = new StockEvent.PolicyChanged(policy, backorderLimit, now, 0, OnHand, Reserved);
        var next = Apply(happened);
        return next.Promisable < 0
            ? new(new SetPolicyResult.OverPromised(next.Promisable), [])
            : new(new SetPolicyResult.Changed(next.ToLevel(sku)), [happened]);
    }

    /// <summary>What expires at a time: at most <see cref="SweepLimit"/> reservations.</summary>
    public ImmutableArray<StockEvent> Expire(DateTimeOffset now) => Sweep(now, order: null).Expired;

    /// <inheritdoc/>
    public Stock Apply(StockEvent happened)
    {
        var next = this with { Version = Version + 1, OnHand = happened.OnHand, Reserved = happened.Reserved };
        return happened switch
        {
            StockEvent.UnitsReserved e => next with
            {
                Reservations = Reservations.SetItem(e.Order.Value, new(e.Quantity, e.ExpiresAt)),
                _expiries = Count(e.ExpiresAt, 1),
            },
            StockEvent.Committed e => next.End(e.Order, committed: true),
            StockEvent.Released e => next.End(e.Order, committed: false),
            StockEvent.Expired e => next.End(e.Order, committed: false),
            StockEvent.Adjusted e => next.Remember(e.AsOf(next.Version)),
            StockEvent.PolicyChanged e => next with
            {
                Policy = e.Policy,
                BackorderLimit = e.BackorderLimit,
                CountedSince = e.Policy is StockPolicy.Untracked ? null : Policy is StockPolicy.Untracked ? e.At : CountedSince,
            },
            _ => next,
        };
    }

    /// <summary>The view of this state.</summary>
    public StockLevel ToLevel(Sku sku) => new(sku, OnHand, Reserved, Policy, BackorderLimit, Version);

    // Reservations whose minute has come; and the one in question at its exact time, so that nobody commits what has expired.
    private (Stock Stock, ImmutableArray<StockEvent> Expired) Sweep(DateTimeOffset now, OrderId? order)
    {
        var isLate = order is { } asked && Reservations.TryGetValue(asked.Value, out var live) && live.ExpiresAt <= now;
        if (!isLate && (Due is not { } due || due > now))
        {
            return (this, []);
        }

        var stock = this;
        var expired = ImmutableArray.CreateBuilder<StockEvent>();
        var late = Reservations.Where(r => r.Value.ExpiresAt <= now)
            .OrderBy(r => string.Equals(r.Key, order?.Value, StringComparison.Ordinal) ? 0 : 1)
            .Take(SweepLimit);
        foreach (var (id, reservation) in late)
        {
            var happened = new StockEvent.Expired(new(id), reservation.Quantity, 0, stock.OnHand, stock.Reserved - reservation.Quantity);
            expired.Add(happened);
            stock = stock.Apply(happened);
        }

        return (stock, expired.ToImmutable());
    }

    private bool? EndOf(OrderId order, Past past) =>
        Ended.TryGetValue(order.Value, out var committed) ? committed
        : NeedsPast(order) && past is not Past.Nothing ? past is Past.Committed
        : null;

    private Stock End(OrderId order, bool committed)
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

    private Stock Remember(Adjustment made) => Adjustments.Length < AdjustmentWindow
        ? this with { Adjustments = Adjustments.Add(made) }
        : this with { Adjustments = Adjustments.RemoveAt(0).Add(made), AdjustmentsForgotten = true };

    private Adjustment? Find(string operationId) =>
        Adjustments.FirstOrDefault(made => string.Equals(made.OperationId, operationId, StringComparison.Ordinal));

    private ImmutableSortedDictionary<DateTimeOffset, int> Count(DateTimeOffset expiresAt, int change)
    {
        var minute = RoundUp(expiresAt);
        var count = Expiries.GetValueOrDefault(minute) + change;
        return count > 0 ? Expiries.SetItem(minute, count) : Expiries.Remove(minute);
    }

    private static DateTimeOffset RoundUp(DateTimeOffset at) =>
        new((at.UtcTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
