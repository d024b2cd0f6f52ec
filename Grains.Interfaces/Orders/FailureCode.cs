namespace ActorShop.Orders;

/// <summary>Why a checkout failed; the problem code is the member's name.</summary>
[GenerateSerializer, Alias("orders.failure-code")]
public enum FailureCode
{
    InsufficientStock,
    PaymentDeclined,

    /// <summary>The checkout was not confirmed before its deadline.</summary>
    CheckoutExpired,
    ExternalIdTaken,
}
