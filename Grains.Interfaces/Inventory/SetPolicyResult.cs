namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.set-policy-result")]
public abstract record SetPolicyResult
{
    private SetPolicyResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.changed")]
    public sealed record Changed(StockLevel Level) : SetPolicyResult;

    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : SetPolicyResult;

    [GenerateSerializer, Immutable, Alias("inventory.set-policy-result.over-promised")]
    public sealed record OverPromised(int Available) : SetPolicyResult;
}
