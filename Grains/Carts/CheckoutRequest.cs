namespace ActorShop.Carts;

/// <summary>A checkout that was asked for.</summary>
/// <param name="Request">Under which key, and with which fingerprint.</param>
/// <param name="Order">Its order; null where it was refused before there was one.</param>
/// <param name="Answer">The answer kept; null where nobody kept one yet.</param>
/// <param name="At">When it began.</param>
internal sealed record CheckoutRequest(RequestKey Request, OrderId? Order, Answer? Answer, DateTimeOffset At)
{
    /// <summary>Whether it is under the key of another one.</summary>
    public bool IsUnder(RequestKey other) =>
        string.Equals(Request.Key, other.Key, StringComparison.Ordinal) && string.Equals(Request.Scope, other.Scope, StringComparison.Ordinal);

    /// <summary>Whether it asked for the same.</summary>
    public bool IsSame(RequestKey other) => string.Equals(Request.Fingerprint, other.Fingerprint, StringComparison.Ordinal);
}
