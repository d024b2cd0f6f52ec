namespace ActorShop;

/// <summary>A grain that may hold an external id. The kind of the id is its grain type.</summary>
[Alias("shared.external-id-holder")]
public interface IExternalIdHolder : IGrainWithStringKey
{
    /// <summary>Whether the grain has the external id, or is about to be written with it.</summary>
    [Alias("holds-external-id"), AlwaysInterleave]
    Task<bool> HoldsExternalIdAsync(string externalId);
}
