namespace ActorShop;

/// <summary>A grain that asked to be woken: its state names a time, kept in the index of due work.</summary>
[Alias("shared.wakeable")]
public interface IWakeable : IGrainWithStringKey
{
    /// <summary>
    /// Looks at durable state and goes on from there. Idempotent: waking what has nothing to do does nothing, and
    /// completing late or never is made good by the next waking.
    /// </summary>
    [Alias("wake")]
    Task WakeAsync();
}
