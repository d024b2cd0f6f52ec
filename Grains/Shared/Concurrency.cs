namespace ActorShop;

internal static class Concurrency
{
    /// <summary>Calls for every item, in order of beginning, at most <paramref name="width"/> at a time.</summary>
    /// <remarks>It returns or throws once all calls have ended; the first fault starts no further ones.</remarks>
    /// <param name="isEnough">Whether a result makes further calls pointless; calls that have started are awaited.</param>
    /// <returns>A result per item; default where the call never began.</returns>
    public static async Task<TResult?[]> ForEachAsync<T, TResult>(
        ImmutableArray<T> items, int width, Func<T, Task<TResult>> call, Func<TResult, bool>? isEnough = null)
    {
        var results = new TResult?[items.Length];
        var next = -1;
        var stopped = false;

        await Task.WhenAll(Enumerable.Range(0, Math.Min(width, items.Length)).Select(_ => WorkAsync()));
        return results;

        async Task WorkAsync()
        {
            while (!stopped && Interlocked.Increment(ref next) is var index && index < items.Length)
            {
                try
                {
                    var result = await call(items[index]);
                    results[index] = result;
                    stopped |= isEnough?.Invoke(result) ?? false;
                }
                catch
                {
                    stopped = true;
                    throw;
                }
            }
        }
    }
}
