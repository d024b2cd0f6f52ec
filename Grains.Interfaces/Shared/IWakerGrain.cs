namespace ActorShop;

/// <summary>Wakes what is due in one bucket of the index of due work: the safety net under every saga and expiry.</summary>
/// <remarks>Keyed <c>waker/0</c> to <c>waker/63</c>. It keeps itself running by a reminder and looks on activation.</remarks>
[Alias("shared.waker")]
public interface IWakerGrain : IWakeable;

/// <summary>Who holds an external id: at most one thing of a kind.</summary>
/// <remarks>
/// Orders and products claim theirs before they are written. One that was refused after all, or whose silo stopped before it was
/// written, holds nothing: whoever wants the id next is given it, after the owner was asked. So whoever comes back must claim again.
/// </remarks>
[Alias("shared.external-id")]
public interface IExternalIdGrain : IGrainWithStringKey
{
    /// <summary>Claims the id for an owner. Idempotent for the same owner.</summary>
    /// <returns>The owner: the first who claimed it and has it still.</returns>
    [Alias("claim")]
    Task<string> ClaimAsync(string owner);

    /// <summary>The owner, if there is one.</summary>
    [Alias("get")]
    Task<string?> GetOwnerAsync();
}
