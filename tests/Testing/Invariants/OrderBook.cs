namespace ActorShop.Testing.Invariants;

/// <summary>An order.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">The status that the customer sees.</param>
/// <param name="PaymentStatus">The status of its payment.</param>
/// <param name="Cart">The cart it was placed from.</param>
/// <param name="Units">The units bought, by SKU.</param>
/// <param name="Total">The total in minor units.</param>
/// <param name="Refunded">The refunded amount in minor units.</param>
/// <param name="Events">The types of its events, in order.</param>
public sealed record OrderBook(
    string Id, string Status, string PaymentStatus, string? Cart, IReadOnlyDictionary<string, int> Units, long Total, long Refunded,
    IReadOnlyList<string> Events)
{
    /// <summary>Whether it is confirmed.</summary>
    public bool IsConfirmed => Status is "confirmed" or "completed";

    /// <summary>The id of its payment.</summary>
    public string Payment => $"pay_{Id["ord_".Length..]}";
}
