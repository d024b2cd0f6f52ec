using Orleans.Concurrency;

namespace ActorShop.Simulation.Engine;

[GenerateSerializer]
public sealed class Balance
{
    [Id(0)]
    public long Amount { get; set; }

    [Id(1)]
    public int Interest { get; set; }

    [Id(2)]
    public List<string> Done { get; set; } = [];
}

/// <summary>An account: money is moved under ids, so that asking again moves nothing twice.</summary>
public interface IAccountGrain : IGrainWithStringKey
{
    Task OpenAsync(long amount);

    Task TransferAsync(string id, string to, long amount);

    Task ReceiveAsync(string id, long amount);

    [ReadOnly]
    Task<long> AmountAsync();

    Task<int> TicksAsync();
}

public sealed class AccountGrain([PersistentState("account")] IPersistentState<Balance> balance) : Grain, IAccountGrain, IRemindable
{
    private int _ticks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                return Task.CompletedTask;
            },
            TimeSpan.FromMilliseconds(30),
            TimeSpan.FromMilliseconds(70));
        return Task.CompletedTask;
    }

    public async Task OpenAsync(long amount)
    {
        if (!balance.RecordExists)
        {
            balance.State.Amount = amount;
            await SaveAsync();
        }

        await this.RegisterOrUpdateReminder("interest", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    public async Task TransferAsync(string id, string to, long amount)
    {
        if (!balance.State.Done.Contains(id, StringComparer.Ordinal))
        {
            balance.State.Amount -= amount;
            balance.State.Done.Add(id);
            await SaveAsync();
        }

        await GrainFactory.GetGrain<IAccountGrain>(to).ReceiveAsync(id, amount);
    }

    public async Task ReceiveAsync(string id, long amount)
    {
        if (balance.State.Done.Contains(id, StringComparer.Ordinal))
        {
            return;
        }

        balance.State.Amount += amount;
        balance.State.Done.Add(id);
        await SaveAsync();
    }

    public Task<long> AmountAsync() => Task.FromResult(balance.State.Amount);

    public Task<int> TicksAsync() => Task.FromResult(_ticks);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        balance.State.Interest++;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        try
        {
            await balance.WriteStateAsync();
        }
        catch
        {
            // The write may have landed: the next activation reads the truth.
            DeactivateOnIdle();
            throw;
        }
    }
}

public interface IEscapingGrain : IGrainWithStringKey
{
    Task EscapeAsync();

    Task WaitForNothingAsync();
}

public sealed class EscapingGrain : Grain, IEscapingGrain
{
    // What no grain may do; here it shows that the simulator notices.
    public async Task EscapeAsync()
    {
        var grains = GrainFactory;
        var escaped = Task.Run(() => grains.GetGrain<IAccountGrain>("elsewhere").AmountAsync());

        // The turn waits for the other thread's attempt, or virtual time might run ahead of it and end the call by its time-out.
        _ = ((IAsyncResult)escaped).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(500));
        await escaped;
    }

    public Task WaitForNothingAsync() => new TaskCompletionSource().Task;
}
