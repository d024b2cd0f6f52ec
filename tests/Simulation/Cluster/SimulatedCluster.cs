using System.Globalization;

namespace ActorShop.Simulation;

/// <summary>Silos, and the clients of a test, on one thread, in virtual time and under one seed. A run is a function of its seed and the code.</summary>
public sealed class SimulatedCluster
{
    private readonly SimulationOptions _options;
    private readonly Randomness _randomness;
    private readonly Action<SimulatedSilo, ISiloBuilder> _configure;
    private readonly TurnScheduler _clients;
    private TimeSpan _lastClientTurn;

    private SimulatedCluster(ulong seed, SimulationOptions options, Action<SimulatedSilo, ISiloBuilder> configure)
    {
        Seed = seed;
        _options = options;
        _configure = configure;
        _randomness = new(seed);
        Loop = new(Time, _randomness.Fork("scheduler"), Trace);
        Network = new(this, _randomness.Fork("network"), NetworkFaults);
        Membership = new(this, _randomness.Fork("membership"), MembershipFaults);
        Directory = new(Membership);
        _clients = new(Loop, new SimulatedProcess(number: -1, life: 0), "clients", identity: 1);
        Silos = [.. Enumerable.Range(0, options.Silos).Select(number => new SimulatedSilo(this, number))];
    }

    public ulong Seed { get; }

    /// <summary>True time, which the clocks of silos only approach.</summary>
    public SimulatedTime Time { get; } = new();

    /// <summary>What the network does to messages between silos.</summary>
    public SimulatedNetworkFaults NetworkFaults { get; } = new();

    /// <summary>What the membership table does to silos.</summary>
    public SimulatedMembershipFaults MembershipFaults { get; } = new();

    public SimulationTrace Trace { get; } = new();

    /// <summary>When a silo was last declared dead that lived; null if none was.</summary>
    public TimeSpan? LastFalseDeath => Membership.LastFalseDeath;

    public IReadOnlyList<SimulatedSilo> Silos { get; }

    /// <summary>Faults without a caller, which Orleans would log.</summary>
    internal int LoggedFaults { get; set; }

    internal SimulatedLoop Loop { get; }

    internal SimulatedNetwork Network { get; }

    internal SimulatedMembership Membership { get; }

    internal SimulatedDirectory Directory { get; }

    /// <summary>Runs a test on a new cluster, on a thread of its own.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="configure">Adds what the test wants in a silo; called at each start of each silo.</param>
    /// <param name="body">The test. All silos have started.</param>
    /// <param name="options">The shape and the limits of the run.</param>
    /// <returns>What the run did.</returns>
    /// <exception cref="SimulationException">Work left the simulation, nothing can go on, or the run exceeded its limits.</exception>
    public static Task<SimulationTrace> RunAsync(
        ulong seed, Action<SimulatedSilo, ISiloBuilder> configure, Func<SimulatedCluster, Task> body, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(body);
        var outcome = new TaskCompletionSource<SimulationTrace>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                var cluster = new SimulatedCluster(seed, options ?? new SimulationOptions(), configure);
                cluster.Run(body);
                outcome.SetResult(cluster.Trace);
            }
            catch (Exception exception)
            {
                outcome.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = "simulation",
        };
        thread.UnsafeStart();
        return outcome.Task;
    }

    /// <summary>Draws for one part of a test: numbers from 0 to below the argument.</summary>
    public Func<int, int> Draws(string name) => _randomness.Fork(name).Next;

    public Task DelayAsync(TimeSpan time) => Task.Delay(time, Time);

    public void Block(int from, int to) => Network.Block(from, to);

    public void Partition(int one, int other)
    {
        Network.Block(one, other);
        Network.Block(other, one);
    }

    /// <summary>Breaks the connection of two silos.</summary>
    public void Reset(int one, int other) => Network.Reset(one, other);

    public void HealNetwork() => Network.Heal();

    internal SiloRuntime NewRuntime(SimulatedSilo silo, SimulatedProcess process)
    {
        var randomness = _randomness.Fork(process.ToString());
        var clock = randomness.Fork("clock");
        var time = new SimulatedClock(
            Time, process, rate: 1 + (((clock.NextDouble() * 2) - 1) * _options.MaxClockDrift), skew: _options.MaxClockSkew * ((clock.NextDouble() * 2) - 1));
        return new(this, silo, process, time, randomness, builder => _configure(silo, builder));
    }

    private void Run(Func<SimulatedCluster, Task> body)
    {
        _ = new TurnScheduler(Loop, new SimulatedProcess(number: -1, life: 0), "membership", identity: 2).RunAsync(Membership.RunAsync);
        var test = _clients.RunAsync(async () =>
        {
            await Task.WhenAll(Silos.Take(_options.SilosAtStart ?? Silos.Count).Select(static silo => silo.StartAsync()));
            await body(this);
        });
        while (!test.IsCompleted)
        {
            Step();
        }

        Loop.ThrowIfEscaped();
        test.GetAwaiter().GetResult();
    }

    private void Step()
    {
        Loop.ThrowIfEscaped();
        if (Trace.Steps > _options.MaxSteps || Time.Elapsed > _options.MaxTime)
        {
            throw new SimulationException(string.Create(CultureInfo.InvariantCulture, $"Seed {Seed} exceeds its limits: {Trace}, {Time.Elapsed:c}."));
        }

        if (!Loop.IsEmpty)
        {
            if (Loop.RunOne() == _clients)
            {
                _lastClientTurn = Time.Elapsed;
            }
        }
        else if (!Time.TryAdvance() || Time.Elapsed - _lastClientTurn > _options.MaxSilence)
        {
            throw new SimulationException(
                $"Seed {Seed} cannot go on: the clients wait since {_lastClientTurn:c} for something that does not come. Work has left the simulation, or waits for itself. {Trace}");
        }
    }
}
