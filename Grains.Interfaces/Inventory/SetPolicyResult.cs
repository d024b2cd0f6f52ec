namespace ActorShop.Inventory;

/// <summary>The answers <see cref="IStockGrain.SetPolicyAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.set-policy-result")]
public abstract record SetPolicyResult
{
    private SetPolicyResult()
    {
    }

    /// <summary>The policy is set.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.changed")]
    public sealed record Changed(StockLevel Level) : SetPolicyResult;

    /// <summary>The stock has another version.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : SetPolicyResult;

    /// <summary>Existing reservations exceed the new policy.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.over-promised")]
    public sealed record OverPromised(int Available) : SetPolicyResult;
}
