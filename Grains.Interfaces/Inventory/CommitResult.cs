namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.commit-result")]
public abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>The units have left the stock, now or at an earlier call.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.commit-result.committed")]
    public sealed record Committed : CommitResult;

    /// <summary>The reservation has expired or was released.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.commit-result.lost")]
    public sealed record Lost : CommitResult;
}
