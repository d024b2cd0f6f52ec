namespace ActorShop;

/// <summary>Who holds an external id: at most one thing of a kind.</summary>
/// <remarks>
/// Orders and products claim theirs before they are written. An owner that was refused, or whose silo stopped before it was
/// written, holds nothing: the next claimant gets the id after the owner was asked. So an owner that resumes must claim again.
/// </remarks>
[Alias("shared.external-id")]
public interface IExternalIdGrain : IGrainWithStringKey
{
    /// <summary>Claims the id for an owner. Idempotent for the same owner.</summary>
    /// <returns>The owner: the first who claimed it and has it still.</returns>
    [Alias("claim")]
    Task<string> ClaimAsync(string owner);

    [Alias("get")]
    Task<string?> GetOwnerAsync();
}
