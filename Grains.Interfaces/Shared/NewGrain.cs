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

    /// <param name="call">Writes the grain's state before it awaits anything else. It may be called twice.</param>
    public static async Task<T> CallAsync<TGrain, T>(TGrain grain, Func<TGrain, Task<T>> call)
        where TGrain : IAddressable
    {
        ArgumentNullException.ThrowIfNull(call);
        RequestContext.Set(Mark, grain.GetGrainId().ToString());
        try
        {
            return await call(grain);
        }
        catch (InconsistentStateException)
        {
            RequestContext.Remove(Mark);
            return await call(grain);
        }
    }

    /// <summary>Whether the current call, or the activation for it, says that the grain is new.</summary>
    public static bool Is(GrainId grain) => RequestContext.Get(Mark) is string id && string.Equals(id, grain.ToString(), StringComparison.Ordinal);

    /// <summary>The same, and removes the mark, so that the calls of this call do not carry it on.</summary>
    public static bool TakeMark(GrainId grain) => Is(grain) && RequestContext.Remove(Mark);
}
