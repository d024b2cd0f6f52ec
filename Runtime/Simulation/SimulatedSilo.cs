using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Simulation;

/// <summary>A silo of a simulated cluster: one process, which may live several times.</summary>
public sealed class SimulatedSilo
{
    private readonly SimulatedCluster _cluster;
    private ServiceProvider? _services;
    private SystemTurns? _turns;
    private SimulatedNode? _node;
    private int _lives;

    internal SimulatedSilo(SimulatedCluster cluster, int number) => (_cluster, Number) = (cluster, number);

    /// <summary>Which one, from 0.</summary>
    public int Number { get; }

    /// <summary>Whether its process runs, paused or not.</summary>
    public bool IsAlive => _node is { IsDead: false };

    /// <summary>Whether its process is stopped in the middle of what it does.</summary>
    public bool IsPaused => _node is { IsPaused: true };

    /// <summary>Whether it has started, and has not begun to stop.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Which life it is in; its generation.</summary>
    public int Life => _lives;

    /// <summary>Why it ended by itself, if it has; null otherwise.</summary>
    public string? Exited { get; private set; }

    /// <summary>The services of its present or last life.</summary>
    public IServiceProvider Services => _services ?? throw new InvalidOperationException($"Silo {Number} was never started.");

    /// <summary>The grains, as the hosted client of this silo reaches them. It ends with the silo: prefer <see cref="AskAsync"/>.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Its address in its present or last life.</summary>
    public SiloAddress Address { get; private set; } = SiloAddress.Zero;

    internal SimulatedNode Node => _node!;

    /// <summary>Starts a new life; completes when it serves.</summary>
    public async Task StartAsync()
    {
        if (IsAlive)
        {
            throw new InvalidOperationException($"Silo {Number} lives already.");
        }

        var node = new SimulatedNode(Number, ++_lives);
        _node = node;
        Exited = null;
        Address = SiloAddress.New(new System.Net.IPAddress([10, 0, 0, (byte)(Number + 1)]), port: 11_111, _lives);
        var services = _cluster.Build(this, node);
        _services = services;
        _turns = new SystemTurns(new SimulatedNodeSink(_cluster.Sink, node), NullLogger.Instance);
        await OrEndAsync(_turns.RunAsync(async () =>
        {
            foreach (var service in services.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
            }
        }), node);
        IsUp = true;
    }

    /// <summary>Stops it in order.</summary>
    public async Task StopAsync()
    {
        if (_node is not { IsDead: false } node)
        {
            return;
        }

        IsUp = false;
        await OrEndAsync(_turns!.RunAsync(async () =>
        {
            foreach (var service in _services!.GetServices<IHostedService>().Reverse())
            {
                await service.StopAsync(CancellationToken.None);
            }
        }), node);
        node.Kill();
    }

    /// <summary>Ends its process at once: kill -9.</summary>
    /// <param name="noticed">Whether its peers see their connections break, or nothing at all.</param>
    public void Crash(bool noticed = true)
    {
        if (IsAlive)
        {
            IsUp = false;
            Node.Kill();
            _cluster.Network.OnCrashed(Address, noticed);
        }
    }

    /// <summary>Withholds its turns: SIGSTOP. What comes for it piles up.</summary>
    public void Pause() => Node.Pause();

    /// <summary>Goes on: SIGCONT.</summary>
    public void Resume() => Node.Resume();

    /// <summary>Asks as a client in the silo's process.</summary>
    /// <exception cref="SiloCrashedException">The process ended before there was an answer.</exception>
    public async Task<TResult> AskAsync<TResult>(Func<IGrainFactory, Task<TResult>> ask)
    {
        var node = Node;
        await node.Running;
        if (node.IsDead)
        {
            throw new SiloCrashedException(Number);
        }

        var asked = ask(Grains);
        await OrEndAsync(asked, node);
        return await asked;
    }

    /// <inheritdoc cref="AskAsync{TResult}"/>
    public Task AskAsync(Func<IGrainFactory, Task> ask) => AskAsync(async grains =>
    {
        await ask(grains);
        return true;
    });

    internal void Exit(string why)
    {
        Exited = why;
        Crash();
    }

    internal sealed class ProcessLife(SimulatedSilo silo) : IProcessLife
    {
        public void Exit(string why) => silo.Exit(why);
    }

    private async Task OrEndAsync(Task task, SimulatedNode node)
    {
        await Task.WhenAny(task, node.Ended);
        if (!task.IsCompleted)
        {
            throw new SiloCrashedException(Number);
        }

        await task;
    }
}

/// <summary>A simulated process ended while a client in it waited.</summary>
public sealed class SiloCrashedException(int number) : Exception($"Simulated silo {number} ended before there was an answer.");
