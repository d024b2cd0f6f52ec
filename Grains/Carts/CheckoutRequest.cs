namespace ActorShop.Carts;

/// <summary>A requested checkout.</summary>
/// <param name="Request">The key and the fingerprint.</param>
/// <param name="Order">Its order; null if it was refused before there was one.</param>
/// <param name="Answer">The stored answer; null before there is one.</param>
/// <param name="At">When it began.</param>
internal sealed record CheckoutRequest(RequestKey Request, OrderId? Order, Answer? Answer, DateTimeOffset At)
{
    /// <summary>Whether it has the key of another one.</summary>
    public bool IsUnder(RequestKey other) =>
        string.Equals(Request.Key, other.Key, StringComparison.Ordinal) && string.Equals(Request.Scope, other.Scope, StringComparison.Ordinal);

    /// <summary>Whether it has the same fingerprint.</summary>
    public bool IsSame(RequestKey other) => string.Equals(Request.Fingerprint, other.Fingerprint, StringComparison.Ordinal);
}
