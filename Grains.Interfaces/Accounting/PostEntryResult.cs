namespace ActorShop.Accounting;

[GenerateSerializer, Immutable, Alias("orders.post-entry-result")]
public abstract record PostEntryResult
{
    private PostEntryResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("orders.post-entry-result.posted")]
    public sealed record Posted(LedgerEntry Entry) : PostEntryResult;

    [GenerateSerializer, Immutable, Alias("orders.post-entry-result.taken")]
    public sealed record Taken(LedgerEntry Existing) : PostEntryResult;
}
