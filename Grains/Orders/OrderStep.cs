namespace ActorShop.Orders;

/// <summary>
/// The states of the checkout saga. Legal edges: None → Authorising → Confirming → Confirmed; None, Authorising and Confirming →
/// Compensating; None and Compensating → Failed. Confirmed and Failed are final: what follows are operations.
/// </summary>
internal enum OrderStep
{
    /// <summary>Units are being reserved, which lapses by itself; the order is durable only if somebody was told of it.</summary>
    None,

    /// <summary>All units are set aside; the hold is asked for.</summary>
    Authorising,

    /// <summary>The money is certain; the units are being taken out of stock.</summary>
    Confirming,

    /// <summary>The order stands.</summary>
    Confirmed,

    /// <summary>What was done is being undone.</summary>
    Compensating,

    /// <summary>Nothing is held and nothing was charged.</summary>
    Failed,
}

/// <summary>What a compensation has to do, in the order in which it is registered: the reverse of the steps.</summary>
internal static class Undo
{
    /// <summary>Give up the hold, whatever became of it.</summary>
    public const string Void = "void";

    /// <summary>Give back units that are set aside.</summary>
    public const string Release = "release";

    /// <summary>Give back units that are set aside, and return those to the shelf that had left it.</summary>
    public const string Restock = "restock";
}

/// <summary>What a confirmed order can be asked to do.</summary>
internal enum OperationType
{
    /// <summary>Take the money.</summary>
    Capture,

    /// <summary>Give money back for lines.</summary>
    Refund,

    /// <summary>Call it off.</summary>
    Cancel,
}

/// <summary>An operation on a confirmed order: under way, or what came of it.</summary>
internal sealed record OrderOperation
{
    public string Id { get; init; } = string.Empty;

    public OperationType Type { get; init; }

    /// <summary>Whether the provider and the stocks still have to be asked.</summary>
    public bool Pending { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? Look { get; init; }

    /// <summary>With a refund that is under way, what was asked.</summary>
    public RefundRequest? Request { get; init; }

    /// <summary>With a refund that is under way, what it set aside.</summary>
    public ImmutableArray<LineReturn> Returns { get; init; } = [];

    /// <summary>With a cancellation that is under way, why.</summary>
    public string? Reason { get; init; }

    public long Refunded { get; init; }

    public long Credited { get; init; }

    /// <summary>The provider's word, where it said no.</summary>
    public string? DeclineCode { get; init; }
}
