namespace ActorShop.EndToEnd;

/// <summary>Waits for other processes, which have no event to wait for.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task HoldsAsync(Func<Task<bool>> holds, Func<string>? details = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"The condition does not hold after {Patience}. {details?.Invoke()}");
            }

            await Task.Delay(Pause);
        }
    }

    public static Task HoldsAsync(Func<bool> holds, Func<string>? details = null) => HoldsAsync(() => Task.FromResult(holds()), details);
}
