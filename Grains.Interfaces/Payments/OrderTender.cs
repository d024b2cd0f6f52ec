namespace ActorShop.Payments;

[GenerateSerializer, Alias("orders.tender")]
public enum OrderTender
{
    Card,

    /// <summary>Paid elsewhere: recorded, no provider is called.</summary>
    External,
}
