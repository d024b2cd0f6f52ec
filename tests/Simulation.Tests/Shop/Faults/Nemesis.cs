namespace ActorShop.Simulation.Shop;

/// <summary>Injects the faults of the plan, and repairs everything at the end.</summary>
internal sealed class Nemesis(SimulatedWorld world)
{
    private readonly Func<int, int> _draw = world.Cluster.Draws("nemesis");

    public async Task RunAsync()
    {
        world.Plan.Rates.Apply(world);
        await Task.WhenAll(world.Plan.Events.Select(HappenAsync).Append(world.DelayAsync(world.Plan.Trouble)));
        new FaultRates().Apply(world);
        world.Cluster.HealNetwork();
    }

    /// <summary>Restarts silos that ended by themselves, until the end of the run.</summary>
    public async Task SuperviseAsync()
    {
        while (!world.IsOver)
        {
            await world.DelayAsync(TimeSpan.FromSeconds(1));
            await Task.WhenAll(world.Machines.Select(static machine => machine.ReviveAsync()));
        }
    }

    private async Task HappenAsync(FaultEvent happens)
    {
        await world.DelayAsync(happens.At);
        var machine = world.Machines[happens.Machine];
        var other = world.Machines[(happens.Machine + 1) % world.Machines.Count];
        await (happens.Kind switch
        {
            FaultKind.Crash when machine.IsUp => machine.CrashAsync(isNoticed: _draw(2) == 0, happens.For),
            FaultKind.CrashAtWrite => CrashAtWriteAsync(machine, happens.For),
            FaultKind.Leave when machine.IsUp => machine.LeaveAsync(happens.For),
            FaultKind.Pause when machine.IsUp => ForAsync(happens.For, machine.Pause, machine.Resume),
            FaultKind.Outage => ForAsync(happens.For, () => Break(1), () => Break(-1)),
            FaultKind.CutOff => ForAsync(happens.For, () => machine.CutOff(true), () => machine.CutOff(false)),
            FaultKind.TableDown => ForAsync(happens.For, () => world.SetTable(isDown: true), () => world.SetTable(isDown: false)),
            FaultKind.Part => ForAsync(happens.For, () => world.Cluster.Partition(machine.Number, other.Number), world.Cluster.HealNetwork),
            FaultKind.OneWay => ForAsync(happens.For, () => world.Cluster.Block(machine.Number, other.Number), world.Cluster.HealNetwork),
            FaultKind.Isolate => ForAsync(happens.For, () => Isolate(machine), () =>
            {
                machine.CutOff(false);
                world.Cluster.HealNetwork();
            }),
            FaultKind.Reset => ForAsync(TimeSpan.Zero, () => world.Cluster.Reset(machine.Number, other.Number), static () => { }),
            _ => Task.CompletedTask,
        });
    }

    private async Task ForAsync(TimeSpan time, Action begin, Action end)
    {
        begin();
        await world.DelayAsync(time);
        end();
    }

    private void Isolate(Machine machine)
    {
        machine.CutOff(true);
        foreach (var other in world.Machines.Where(other => other != machine))
        {
            world.Cluster.Partition(machine.Number, other.Number);
        }
    }

    private void Break(int more)
    {
        world.StoreFaults.Outages += more;
        world.ProviderFaults.Outages += more;
    }

    // The write is durable, and its writer never learns of it.
    private async Task CrashAtWriteAsync(Machine machine, TimeSpan time)
    {
        // The store calls this outside of any turn, so what takes time happens later, in the turns of this method.
        var struck = new TaskCompletionSource();
        world.Committed += Strike;
        await Task.WhenAny(struck.Task, world.DelayAsync(TimeSpan.FromSeconds(10)));
        world.Committed -= Strike;
        if (struck.Task.IsCompleted)
        {
            await machine.RestartAsync(time);
        }

        void Strike(int writer)
        {
            if (!struck.Task.IsCompleted && machine.IsUp && machine.Number == writer)
            {
                machine.Kill(isNoticed: _draw(2) == 0);
                struck.TrySetResult();
            }
        }
    }
}
