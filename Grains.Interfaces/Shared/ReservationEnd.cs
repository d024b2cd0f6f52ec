namespace ActorShop;

/// <summary>What becomes of reserved units.</summary>
[GenerateSerializer, Alias("shared.reservation-end")]
public enum ReservationEnd
{
    /// <summary>The order is pending: the units stay reserved.</summary>
    Undecided,

    /// <summary>The order is confirmed: the units stay on hand until they are shipped.</summary>
    Allocated,

    /// <summary>The order is confirmed, and its units were shipped already.</summary>
    Shipped,

    /// <summary>The order takes no units, or needs no more.</summary>
    Released,
}
