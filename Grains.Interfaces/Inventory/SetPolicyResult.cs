namespace ActorShop.Inventory;

/// <summary>The answers <see cref="IStockGrain.SetPolicyAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.set-policy-result")]
public abstract record SetPolicyResult
{
    private SetPolicyResult()
    {
    }

    /// <summary>The policy holds.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.changed")]
    public sealed record Changed(StockLevel Level) : SetPolicyResult;

    /// <summary>The caller saw another version.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : SetPolicyResult;

    /// <summary>The promises already made go beyond what the policy would allow.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.over-promised")]
    public sealed record OverPromised(int Available) : SetPolicyResult;
}
