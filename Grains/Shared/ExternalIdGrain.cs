namespace ActorShop;

[Reentrant, GrainType("external-id")]
internal sealed class ExternalIdGrain(
    [PersistentState("external-id")] IPersistentState<EntityRecord<ExternalId, ExternalIdEvent>> stored,
    TimeProvider clock) : EntityGrain<ExternalId, ExternalIdEvent>(stored, clock), IExternalIdGrain
{
    // Counts claims, to detect one that interleaved with the call below.
    private long _claims;

    public async Task<string> ClaimAsync(string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        _claims++;
        while (Head.OtherThan(owner) is { } other)
        {
            var claims = _claims;
            if (await HoldsAsync(other))
            {
                return await CommitAsync(new Decision<string, ExternalIdEvent>(other, []));
            }

            if (claims == _claims && string.Equals(Head.Owner, other, StringComparison.Ordinal))
            {
                break;
            }
        }

        return await CommitAsync(Head.Claim(owner));
    }

    public Task<string?> GetOwnerAsync() => Task.FromResult(Committed.Owner);

    private Task<bool> HoldsAsync(string owner)
    {
        // external/<kind>/<id>. The kind is the grain type of the owner, except for marks of the installation, which stay with their owners.
        var parts = Key.Split('/', 3);
        return parts[1] is "installation"
            ? Task.FromResult(true)
            : GrainFactory.GetGrain<IExternalIdHolder>(GrainId.Create(parts[1], owner)).HoldsExternalIdAsync(parts[2]);
    }
}
