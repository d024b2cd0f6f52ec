namespace ActorShop.Testing.Customers;

/// <summary>The shop as its customers see it: HTTP in front of a cluster, or grain calls in a simulation.</summary>
public interface IShop
{
    /// <summary>Sends a request once.</summary>
    /// <returns>The answer; <see cref="ShopReply.Unknown"/> where none arrived, so that the request may have taken effect or not.</returns>
    Task<ShopReply> SendAsync(ShopCall call, CancellationToken cancellationToken);
}
