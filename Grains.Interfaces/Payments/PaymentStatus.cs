namespace ActorShop.Payments;

/// <summary>The status of a payment.</summary>
[GenerateSerializer, Alias("orders.payment-status")]
public enum PaymentStatus
{
    /// <summary>No outcome yet.</summary>
    None,

    /// <summary>The money is held.</summary>
    Authorised,

    /// <summary>The money is captured, or was paid elsewhere.</summary>
    Captured,

    /// <summary>Part of it is refunded.</summary>
    PartiallyRefunded,

    /// <summary>All of it is refunded.</summary>
    Refunded,

    /// <summary>The provider declined.</summary>
    Declined,

    /// <summary>The hold is void.</summary>
    Voided,
}
