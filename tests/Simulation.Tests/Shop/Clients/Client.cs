
namespace ActorShop.Simulation.Shop;

/// <summary>Somebody outside who asks the shop, whichever machine answers, and asks again when nothing is heard.</summary>
internal abstract class Client(World world, string name)
{
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    protected World World => world;

    protected string Name => name;

    protected Func<int, int> Draw { get; } = world.Draws(name);

    /// <summary>Whether a fault says nothing but that the shop could not answer.</summary>
    public static bool IsFault(Exception fault) =>
        fault is OrleansException or TimeoutException or IOException or OperationCanceledException or SiloCrashedException;

    public abstract Task RunAsync();

    /// <inheritdoc/>
    public override string ToString() => name;

    /// <summary>Asks once.</summary>
    /// <returns>The answer; null where nobody knows what became of the request.</returns>
    protected async Task<TAnswer?> TryAsync<TAnswer>(string kind, Func<IGrainFactory, Task<TAnswer>> ask)
        where TAnswer : class?
    {
        var wasCalm = world.IsCalm;
        try
        {
            var answer = await world.AskAsync(Draw(world.SiloCount), ask);
            world.History.Count(kind, wasCalm && world.IsCalm, isAnswered: true);
            return answer;
        }
        catch (Exception fault) when (IsFault(fault))
        {
            world.History.Count(kind, wasCalm && world.IsCalm, isAnswered: false);
            return null;
        }
        catch (Exception fault)
        {
            world.Violations.Add("A client is never told of a bug", $"{kind}: {fault}");
            return null;
        }
    }

    /// <summary>Asks until there is an answer.</summary>
    /// <returns>The answer; null where the shop had closed before there was one.</returns>
    protected async Task<TAnswer?> InsistAsync<TAnswer>(string kind, Func<IGrainFactory, Task<TAnswer>> ask, Func<TAnswer, bool>? isEnough = null)
        where TAnswer : class?
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await TryAsync(kind, ask) is { } answer && isEnough?.Invoke(answer) != false)
            {
                return answer;
            }

            await PauseAsync(TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 6)));
        }

        world.Violations.Add("Whoever insists is answered", $"{name} gave up {kind}.");
        return null;
    }

    /// <summary>Asks under a key until there is an answer, and writes it down.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="path">Where.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="body">With which body.</param>
    /// <param name="execute">What the shop does with it under an operation id.</param>
    public async Task<Answer?> KeyedAsync(
        string kind, string path, string key, string body, Func<IGrainFactory, string, Task<Answer>> execute)
    {
        var request = new RequestKey($"{name} {path}", key, body);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await TryAsync(kind, grains => OrderDesk.RunAsync(grains, request, execute)) is { Answer: { } answer })
            {
                world.History.Operations.Add((request, answer, execute));
                return answer;
            }

            if (Flips(5))
            {
                // Lost patience: what was begun may still come to pass.
                return null;
            }

            await PauseAsync(TimeSpan.FromMilliseconds(200 << Math.Min(attempt, 6)));
        }

        world.Violations.Add("Whoever insists is answered", $"{name} gave up {kind} {key}.");
        return null;
    }

    /// <summary>Waits up to a time.</summary>
    protected Task PauseAsync(TimeSpan upTo) => world.DelayAsync(upTo * (1 + Draw(1_000)) / 1_000);

    /// <summary>Notes the version of something that this client has read. An older version than before needs an excuse.</summary>
    protected void Saw(string what, long version)
    {
        var before = _versions.GetValueOrDefault(what);
        if (version < before && !world.MayReadStale)
        {
            world.Violations.Add("A read is of the latest state", $"{name} read version {version} of {what} after {before}.");
        }

        _versions[what] = Math.Max(before, version);
    }

    protected T Any<T>(IReadOnlyList<T> items) => items[Draw(items.Count)];

    protected bool Flips(int percent) => Draw(100) < percent;
}
