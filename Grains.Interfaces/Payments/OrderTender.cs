namespace ActorShop.Payments;

/// <summary>How an order is paid.</summary>
[GenerateSerializer, Alias("orders.tender")]
public enum OrderTender
{
    /// <summary>A card, through the payment provider.</summary>
    Card,

    /// <summary>Paid elsewhere: recorded, no provider is called.</summary>
    External,
}
