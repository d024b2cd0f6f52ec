namespace ActorShop.Testing;

/// <summary>The way from a silo to its store: it takes time, and may fail.</summary>
public interface IStoreWire
{
    /// <summary>Sends a request.</summary>
    /// <param name="serve">What the store does with it, at once and completely.</param>
    /// <param name="write">The write; null for a read.</param>
    /// <exception cref="IOException">The request or its answer was lost; the sender cannot know which.</exception>
    Task<T> AskAsync<T>(Func<T> serve, PendingWrite? write = null);
}
