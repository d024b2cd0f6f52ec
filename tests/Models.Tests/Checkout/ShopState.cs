using System.Runtime.CompilerServices;

namespace ActorShop.Models.Checkout;

internal enum OrderStatus : byte
{
    /// <summary>No row.</summary>
    None,

    /// <summary>The intent is durable.</summary>
    Pending,
    Compensating,
    Confirmed,
    Cancelled,

    /// <summary>Refused: the refusal is the answer under its key.</summary>
    Failed,

    /// <summary>Failed, and counts as not executed: the same key starts the next attempt.</summary>
    Interrupted,

    /// <summary>Failed by a first row that was written because a participant asked.</summary>
    Tombstone,
}

internal enum ProviderState : byte
{
    NotAsked,
    Held,
    Declined,

    /// <summary>Voided before anything was held.</summary>
    Voided,

    /// <summary>Voided, and the hold is gone.</summary>
    Released,
}

/// <summary>What a participant (the stock, the coupon counter) knows of an order.</summary>
[Flags]
internal enum Hold : byte
{
    None = 0,

    /// <summary>A reservation of one unit is in its row.</summary>
    Reserved = 1,

    /// <summary>Its ledger has the allocation.</summary>
    Allocated = 2,

    /// <summary>Its ledger has the return of the allocation, after a cancellation.</summary>
    Returned = 4,

    /// <summary>It has answered "reserved" at some time, and some life of the order may know that.</summary>
    Granted = 8,
}

[InlineArray(2)]
internal struct Two<T>
    where T : unmanaged
{
    private T _first;
}

[InlineArray(8)]
internal struct Eight<T>
    where T : unmanaged
{
    private T _first;
}

internal struct Order
{
    public OrderStatus Status;

    /// <summary>The cart version on which the durable intent is based.</summary>
    public byte Base;

    /// <summary>The durable version whose edits are in the order's lines: the base, unless a shortcut tells them apart.</summary>
    public byte Lines;

    /// <summary>The order will fail with a refusal.</summary>
    public bool Refused;

    /// <summary>The line remembers that its units are allocated.</summary>
    public bool Counted;

    /// <summary>A bit per cart version on which a cart has based a call to place this order. Such a call may arrive at any later time.</summary>
    public byte Intents;

    /// <summary>A bit per version: the cart's row has named this order with that version as its base, and some life of the order may know that.</summary>
    public byte Named;

    public Two<Hold> Holds;

    /// <summary>Gets a value indicating whether a call reached some life of the order: its intent and its reservations are on their way.</summary>
    public readonly bool IsPlaced => Intents != 0;

    public readonly bool HadIntent => Status is not (OrderStatus.None or OrderStatus.Tombstone);

    public readonly bool HasFailed => Status is OrderStatus.Failed or OrderStatus.Interrupted or OrderStatus.Tombstone;

    public readonly bool IsSettled => Status is OrderStatus.Confirmed or OrderStatus.Cancelled;
}

internal struct Cart
{
    public byte Version;

    /// <summary>How many attempts the row has named.</summary>
    public byte Attempts;

    /// <summary>The order of the current attempt, counted from one within this cart, or zero.</summary>
    public byte Attempt;
    public byte AttemptBase;
    public byte Edits;

    /// <summary>The version that the last edit made.</summary>
    public byte EditedAt;
    public bool Closed;
}

internal struct ShopState
{
    public Eight<Order> Orders;
    public Two<Cart> Carts;
    public Eight<ProviderState> Provider;

    /// <summary>Units that each participant counts as allocated.</summary>
    public Two<byte> Allocated;
}
