using ActorShop.Orders;

namespace ActorShop.Inventory;

/// <summary>What limits the promises that may be made of a SKU.</summary>
[GenerateSerializer, Alias("inventory.stock-policy")]
public enum StockPolicy
{
    /// <summary>No more than is on hand.</summary>
    Tracked,

    /// <summary>A stated number beyond what is on hand.</summary>
    Backorder,

    /// <summary>Nothing: carriage, manual lines. Units are not counted.</summary>
    Untracked,
}

/// <summary>The stock of a SKU as committed at one moment.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="OnHand">Units in the house.</param>
/// <param name="Reserved">Units of those set aside for orders.</param>
/// <param name="Policy">What limits promises.</param>
/// <param name="BackorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero promises may go.</param>
/// <param name="Version">The number of changes ever made; 0 for a SKU that was never heard of.</param>
[GenerateSerializer, Immutable, Alias("inventory.stock-level")]
public sealed record StockLevel(
    Sku Sku, int OnHand, int Reserved, StockPolicy Policy,
    int BackorderLimit, long Version)
{
    /// <summary>Units that are not set aside.</summary>
    public int Available => OnHand - Reserved;
}

/// <summary>Units set aside for an order.</summary>
[GenerateSerializer, Immutable, Alias("inventory.reservation")]
public sealed record ReservationView(
    OrderId Order, int Quantity, DateTimeOffset ExpiresAt);

/// <summary>The answers <see cref="IStockGrain.ReserveAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.reserve-result")]
public abstract record ReserveResult
{
    private ReserveResult()
    {
    }

    /// <summary>The units are set aside.</summary>
    /// <param name="ExpiresAt">When they return to the shelf unless committed.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.reserved")]
    public sealed record Reserved(DateTimeOffset ExpiresAt) : ReserveResult;

    /// <summary>Too few units are free.</summary>
    /// <param name="Available">The units that could have been reserved at that moment.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.insufficient")]
    public sealed record Insufficient(int Available) : ReserveResult;

    /// <summary>The order's reservation has ended before: nothing is set aside a second time.</summary>
    /// <param name="Committed">Whether it ended by being committed.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.ended")]
    public sealed record Ended(bool Committed) : ReserveResult;
}

/// <summary>The answers <see cref="IStockGrain.CommitAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.commit-result")]
public abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>The units have left the stock, now or at an earlier call.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.commit-result.committed")]
    public sealed record Committed : CommitResult;

    /// <summary>There is no such reservation any more: it expired or was released.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.commit-result.lost")]
    public sealed record Lost : CommitResult;
}

/// <summary>The answers <see cref="IStockGrain.AdjustAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.adjust-result")]
public abstract record AdjustResult
{
    private AdjustResult()
    {
    }

    /// <summary>The ledger has the entry.</summary>
    /// <param name="Level">The stock after it.</param>
    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.adjusted")]
    public sealed record Adjusted(StockLevel Level) : AdjustResult;

    /// <summary>More would leave than is free.</summary>
    /// <param name="Available">The units that are free.</param>
    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.insufficient")]
    public sealed record Insufficient(int Available) : AdjustResult;

    /// <summary>The count would leave the range in which units are counted.</summary>
    /// <param name="Limit">The largest number of units on hand, and the largest that may be missing.</param>
    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.limit-exceeded")]
    public sealed record LimitExceeded(int Limit) : AdjustResult;
}

/// <summary>The answers <see cref="IStockGrain.SetPolicyAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.set-policy-result")]
public abstract record SetPolicyResult
{
    private SetPolicyResult()
    {
    }

    /// <summary>The policy holds.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.changed")]
    public sealed record Changed(StockLevel Level) : SetPolicyResult;

    /// <summary>The caller saw another version.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : SetPolicyResult;

    /// <summary>The promises already made go beyond what the policy would allow.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.over-promised")]
    public sealed record OverPromised(int Available) : SetPolicyResult;
}
