namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.reserve-result")]
public abstract record ReserveResult
{
    private ReserveResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.reserved")]
    public sealed record Reserved : ReserveResult;

    /// <param name="Available">The units that could have been reserved at that moment.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.insufficient")]
    public sealed record Insufficient(int Available) : ReserveResult;
}
