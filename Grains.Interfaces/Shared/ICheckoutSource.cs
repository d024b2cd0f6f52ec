namespace ActorShop;

/// <summary>A grain of which an order is made: a cart.</summary>
[Alias("shared.checkout-source")]
public interface ICheckoutSource : IGrainWithStringKey
{
    /// <summary>Stores that an order is made of the grain, unless its row names it already.</summary>
    /// <returns>Whether the row names the order with the version of the attempt. If not, the order must not be confirmed.</returns>
    [Alias("adopt"), AlwaysInterleave]
    Task<bool> AdoptAsync(OrderId order, CartAttempt attempt);
}
