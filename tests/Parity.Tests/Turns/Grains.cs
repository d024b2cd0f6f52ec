using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace ActorShop.Parity.Turns;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Opens the first gate, waits for the second one, and says how many calls it was with.</summary>
    Task<int> HoldAsync(string arrived, string release);

    Task<int> EnterAsync();

    [AlwaysInterleave]
    Task<int> InterleaveAsync();

    [ReadOnly]
    Task<int> ReadAndHoldAsync(string arrived, string release);

    [ReadOnly]
    Task<int> ReadAsync();

    [ResponseTimeout("00:00:01")]
    Task CallSelfAsync();

    Task<bool> StaysOnItsSchedulerAsync();

    Task NoteAsync(int number);

    Task<int[]> NotesAsync();
}

public interface IReentrantTurnGrain : ITurnGrain;

public interface IChoosyTurnGrain : ITurnGrain;

public abstract class TurnGrain : Grain, ITurnGrain
{
    private readonly List<int> _notes = [];
    private int _inside;

    public async Task<int> HoldAsync(string arrived, string release)
    {
        _inside++;
        Gate.Open(arrived);
        await Gate.Opened(release);
        return _inside--;
    }

    public Task<int> EnterAsync() => Task.FromResult(_inside + 1);

    public Task<int> InterleaveAsync() => Task.FromResult(_inside + 1);

    public Task<int> ReadAndHoldAsync(string arrived, string release) => HoldAsync(arrived, release);

    public Task<int> ReadAsync() => Task.FromResult(_inside + 1);

    public Task CallSelfAsync() => this.AsReference<ITurnGrain>().CallSelfAsync();

    public async Task<bool> StaysOnItsSchedulerAsync()
    {
        var before = TaskScheduler.Current;
        await Task.Delay(1);
        await Task.Yield();
        return ReferenceEquals(before, TaskScheduler.Current) && !ReferenceEquals(before, TaskScheduler.Default);
    }

    public Task NoteAsync(int number)
    {
        _notes.Add(number);
        return Task.CompletedTask;
    }

    public Task<int[]> NotesAsync() => Task.FromResult(_notes.ToArray());
}

[GrainType("parity-plain")]
public sealed class PlainTurnGrain : TurnGrain, IPlainTurnGrain;

public interface IPlainTurnGrain : ITurnGrain;

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrain, IReentrantTurnGrain;

[MayInterleave(nameof(MayInterleave))]
public sealed class ChoosyTurnGrain : TurnGrain, IChoosyTurnGrain
{
    public static bool MayInterleave(IInvokable request) =>
        string.Equals(request.GetMethodName(), nameof(EnterAsync), StringComparison.Ordinal);
}

public interface IChainGrain : IGrainWithStringKey
{
    Task<string> AskAsync(bool allow, string other);

    Task<string> AskBackAsync(string first);

    Task<string> NameAsync();
}

public sealed class ChainGrain : Grain, IChainGrain
{
    public async Task<string> AskAsync(bool allow, string other)
    {
        if (!allow)
        {
            return await GrainFactory.GetGrain<IChainGrain>(other).AskBackAsync(this.GetPrimaryKeyString());
        }

        using var section = RequestContext.AllowCallChainReentrancy();
        return await GrainFactory.GetGrain<IChainGrain>(other).AskBackAsync(this.GetPrimaryKeyString());
    }

    public Task<string> AskBackAsync(string first) => GrainFactory.GetGrain<IChainGrain>(first).NameAsync();

    public Task<string> NameAsync() => Task.FromResult(this.GetPrimaryKeyString());
}

public interface IWorkerGrain : IGrainWithIntegerKey
{
    Task HoldAsync(string arrived, string release);
}

[StatelessWorker(2)]
public sealed class WorkerGrain : Grain, IWorkerGrain
{
    public async Task HoldAsync(string arrived, string release)
    {
        Gate.Open(arrived);
        await Gate.Opened(release);
    }
}
