namespace ActorShop;

/// <inheritdoc cref="IExternalIdGrain"/>
[Reentrant]
[GrainType("external-id")]
internal sealed class ExternalIdGrain(
    [PersistentState("external-id")] IPersistentState<Stored<ExternalId, ExternalIdEvent>> stored,
    TimeProvider clock) : EntityGrain<ExternalId, ExternalIdEvent>(stored, clock), IExternalIdGrain
{
    public Task<string> ClaimAsync(string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return CommitAsync(Head.Claim(owner));
    }

    public Task<string?> GetOwnerAsync() => Task.FromResult(Committed.Owner);
}
