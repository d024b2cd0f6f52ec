using Orleans.Storage;

namespace ActorShop;

/// <summary>Calls a grain under an id that was just drawn: nothing can be stored under it, so its activation reads nothing.</summary>
/// <remarks>
/// A mark travels with the call that activates the grain. It may be wrong, such as at a repeat: then the first write is refused, the activation ends, and the
/// call is repeated on one that reads.
/// </remarks>
public static class NewGrain
{
    private const string Mark = "new-grain";

    /// <param name="id">The key of the grain.</param>
    /// <param name="call">Calls a method that writes the grain's state before it awaits anything else. It may be called twice.</param>
    public static async Task<T> CallAsync<T>(string id, Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        RequestContext.Set(Mark, id);
        try
        {
            return await call();
        }
        catch (InconsistentStateException)
        {
            RequestContext.Remove(Mark);
            return await call();
        }
    }

    /// <summary>Whether the current call, or the activation for it, says that the grain is new.</summary>
    public static bool Is(GrainId grain) => RequestContext.Get(Mark) is string id && string.Equals(id, grain.Key.ToString(), StringComparison.Ordinal);

    /// <summary>The same, and removes the mark, so that the calls of this call do not carry it on.</summary>
    public static bool TakeMark(GrainId grain) => Is(grain) && RequestContext.Remove(Mark);
}
