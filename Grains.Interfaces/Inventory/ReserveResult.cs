namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.reserve-result")]
public abstract record ReserveResult
{
    private ReserveResult()
    {
    }

    /// <param name="ExpiresAt">When the reservation expires unless committed.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.reserved")]
    public sealed record Reserved(DateTimeOffset ExpiresAt) : ReserveResult;

    /// <param name="Available">The units that could have been reserved at that moment.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.insufficient")]
    public sealed record Insufficient(int Available) : ReserveResult;

    /// <summary>The order's reservation has ended: nothing is reserved a second time.</summary>
    /// <param name="Committed">Whether it ended by being committed.</param>
    [GenerateSerializer, Immutable, Alias("inventory.reserve-result.ended")]
    public sealed record Ended(bool Committed) : ReserveResult;
}
