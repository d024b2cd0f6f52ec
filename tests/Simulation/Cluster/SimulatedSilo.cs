using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Simulation;

/// <summary>A silo of a simulated cluster. It may crash or stop and start again, each time as a new process.</summary>
public sealed class SimulatedSilo
{
    private static readonly TimeSpan JoinRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskOthers = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan CollectionPeriod = TimeSpan.FromMinutes(1);

    internal SimulatedSilo(SimulatedCluster cluster, int number) => (Cluster, Number) = (cluster, number);

    public SimulatedCluster Cluster { get; }

    public int Number { get; }

    /// <summary>Whether its process lives, paused or not.</summary>
    public bool IsAlive => Runtime is { Process.IsDead: false };

    public bool IsPaused => Runtime is { Process.IsPaused: true };

    /// <summary>Whether it has started and answers.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether it is up, was declared dead, and does not know it yet.</summary>
    public bool IsOutcast => IsUp && !Cluster.Membership.IsMember(Runtime!);

    public IGrainFactory Grains => Runtime?.GrainFactory ?? throw new SiloCrashedException(Number);

    /// <summary>How often it was started.</summary>
    public int Life { get; private set; }

    internal SiloAddress Address { get; private set; } = SiloAddress.Zero;

    internal SiloRuntime? Runtime { get; private set; }

    /// <summary>Starts a new process, and waits until it is a member.</summary>
    /// <exception cref="SiloCrashedException">It ended before that.</exception>
    public async Task StartAsync()
    {
        var process = new SimulatedProcess(Number, ++Life);
        Address = SiloAddress.New(new IPAddress([10, 0, 0, (byte)(Number + 1)]), port: 11_111, Life);
        var runtime = Runtime = Cluster.NewRuntime(this, process);
        while (!await TryJoinAsync(runtime))
        {
            await Cluster.DelayAsync(JoinRetry);
            if (process.IsDead)
            {
                throw new SiloCrashedException(Number);
            }
        }

        if (process.IsDead)
        {
            throw new SiloCrashedException(Number);
        }

        IsUp = true;
        var age = runtime.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.CollectionAge;
        runtime.Time.CreateTimer(_ => runtime.CollectIdle(age), state: null, CollectionPeriod, CollectionPeriod);
    }

    /// <summary>Stops in order: its activations end, then its process.</summary>
    /// <exception cref="SiloCrashedException">It ended before that.</exception>
    public async Task StopAsync()
    {
        var runtime = Runtime!;
        IsUp = false;
        await OrEndAsync(runtime.LeaveAsync(), runtime.Process);
        Cluster.Membership.Remove(runtime);
        runtime.Process.Kill();
    }

    public void Crash(bool isNoticed = true)
    {
        if (!IsAlive)
        {
            return;
        }

        IsUp = false;
        Runtime!.Process.Kill();
        if (isNoticed)
        {
            Cluster.Membership.Remove(Runtime);
        }
    }

    /// <summary>Withholds its turns. Messages and timers wait.</summary>
    public void Pause() => Runtime!.Process.Pause();

    public void Resume() => Runtime!.Process.Resume();

    /// <summary>Asks grains through this silo, as its API would.</summary>
    /// <exception cref="SiloCrashedException">It ended before it answered.</exception>
    public async Task<TResult> AskAsync<TResult>(Func<IGrainFactory, Task<TResult>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (Runtime is not { } runtime || !IsUp)
        {
            throw new SiloCrashedException(Number);
        }

        await runtime.Process.Running;
        if (runtime.Process.IsDead)
        {
            throw new SiloCrashedException(Number);
        }

        var asked = ask(runtime.GrainFactory);
        await OrEndAsync(asked, runtime.Process);
        return await asked;
    }

    /// <summary>Reads in the membership table whether this life of the silo is a member.</summary>
    /// <exception cref="IOException">The table could not be reached.</exception>
    public Task<bool> ReadMembershipAsync() => Cluster.Membership.ReadAsync(Runtime!);

    /// <summary>Asks the other silos a question. Those that cannot be reached do not answer.</summary>
    public async Task<bool> AnyOtherAsync(Func<SimulatedSilo, bool> question)
    {
        await Task.Delay(AskOthers, Runtime!.Time);
        return Cluster.Silos.Any(other => other != this && other is { IsUp: true, IsPaused: false }
            && !Cluster.Network.IsBlocked(Number, other.Number) && !Cluster.Network.IsBlocked(other.Number, Number) && question(other));
    }

    /// <summary>Runs what a hosted service runs in production, in turns of this process, until it ends.</summary>
    public Task RunInBackgroundAsync(string name, Func<Task> work) =>
        new TurnScheduler(Cluster.Loop, Runtime!.Process, name, new Randomness(0).Fork(name).NextUInt64()).RunAsync(work);

    private async Task<bool> TryJoinAsync(SiloRuntime runtime)
    {
        try
        {
            await Cluster.Membership.JoinAsync(runtime);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task OrEndAsync(Task task, SimulatedProcess process)
    {
        await Task.WhenAny(task, process.Ended);
        if (!task.IsCompleted)
        {
            throw new SiloCrashedException(Number);
        }

        await task;
    }
}
