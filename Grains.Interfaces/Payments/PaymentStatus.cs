namespace ActorShop.Payments;

/// <summary>Where an order's money stands.</summary>
[GenerateSerializer, Alias("orders.payment-status")]
public enum PaymentStatus
{
    /// <summary>Nothing was asked of the provider, or nothing is known.</summary>
    None,

    /// <summary>The money is held.</summary>
    Authorised,

    /// <summary>The money is taken, or was paid elsewhere.</summary>
    Captured,

    /// <summary>Some of it went back.</summary>
    PartiallyRefunded,

    /// <summary>All of it went back.</summary>
    Refunded,

    /// <summary>The provider said no.</summary>
    Declined,

    /// <summary>The hold was given up.</summary>
    Voided,
}
