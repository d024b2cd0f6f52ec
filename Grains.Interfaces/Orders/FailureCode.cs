namespace ActorShop.Orders;

/// <summary>Why a checkout failed; the problem code is the member's name.</summary>
[GenerateSerializer, Alias("orders.failure-code")]
public enum FailureCode
{
    /// <summary>Too few units of a SKU are free.</summary>
    InsufficientStock,

    /// <summary>The payment provider declined.</summary>
    PaymentDeclined,

    /// <summary>The checkout was not confirmed before its deadline, or a reservation expired.</summary>
    CheckoutExpired,

    /// <summary>Another order has the external id.</summary>
    ExternalIdTaken,
}
