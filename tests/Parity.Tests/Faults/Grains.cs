using Orleans.Concurrency;
using Orleans.Storage;

namespace ActorShop.Parity.Faults;

[GenerateSerializer]
public sealed class OddException(string message) : Exception(message)
{
    [Id(0)]
    public int Number { get; set; }
}

public interface IFaultGrain : IGrainWithStringKey
{
    Task<int> CountAsync();

    Task ThrowAsync(int number);

    Task ThrowStaleAsync(bool caught);

    [OneWay]
    Task ThrowOneWayAsync(string arrived);

    [ResponseTimeout("00:00:01")]
    Task HoldAsync(string arrived, string release, string ended);

    Task HoldUntilCancelledAsync(string arrived, string ended, CancellationToken cancellationToken);
}

public sealed class FaultGrain : Grain, IFaultGrain
{
    private int _count;

    public static OddException? Last { get; private set; }

    public Task<int> CountAsync() => Task.FromResult(++_count);

    public Task ThrowAsync(int number)
    {
        Last = new OddException("odd") { Number = number };
        throw Last;
    }

    public async Task ThrowStaleAsync(bool caught)
    {
        await Task.Yield();
        try
        {
            throw new InconsistentStateException("stale");
        }
        catch (InconsistentStateException) when (caught)
        {
            _count += 10;
        }
    }

    public Task ThrowOneWayAsync(string arrived)
    {
        Gate.Open(arrived);
        throw new OddException("nobody hears it");
    }

    public async Task HoldAsync(string arrived, string release, string ended)
    {
        Gate.Open(arrived);
        await Gate.Opened(release);
        Gate.Open(ended);
    }

    public async Task HoldUntilCancelledAsync(string arrived, string ended, CancellationToken cancellationToken)
    {
        Gate.Open(arrived);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Gate.Open(ended);
        }
    }
}

public interface IUnluckyGrain : IGrainWithStringKey
{
    Task<int> AttemptsAsync();
}

public sealed class UnluckyGrain : Grain, IUnluckyGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Attempts = new(StringComparer.Ordinal);

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Attempts.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, count) => count + 1) < 3
            ? throw new OddException("not yet")
            : Task.CompletedTask;

    public Task<int> AttemptsAsync() => Task.FromResult(Attempts[this.GetPrimaryKeyString()]);
}

public interface IUnmakeableGrain : IGrainWithStringKey
{
    Task NothingAsync();
}

public sealed class UnmakeableGrain : Grain, IUnmakeableGrain
{
    public UnmakeableGrain() => throw new OddException("cannot be made");

    public Task NothingAsync() => Task.CompletedTask;
}
