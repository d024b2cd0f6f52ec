namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.reserve-result")]
public abstract record ReserveResult
{
    private ReserveResult()
    {
    }

    /// <param name="Number">The number of the reservation: another one of the same order has another. Null if nothing is reserved, as of untracked units; 0 of a reservation that
    /// an older version made.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.reserved")]
    public sealed record Reserved(long? Number = null) : ReserveResult;

    /// <param name="Available">The units that could have been reserved at that moment.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.insufficient")]
    public sealed record Insufficient(int Available) : ReserveResult;
}
