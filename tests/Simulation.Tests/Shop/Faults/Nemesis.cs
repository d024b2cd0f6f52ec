namespace ActorShop.Simulation.Shop;

/// <summary>Breaks things as the plan has it, and mends them all at the end.</summary>
internal sealed class Nemesis(World world)
{
    public async Task RunAsync()
    {
        world.IsCalm = false;
        world.Plan.Rates.ApplyToStore(world.StoreFaults);
        world.Plan.Rates.ApplyToProvider(world.ProviderFaults);
        await Task.WhenAll(world.Plan.Events.Select(HappenAsync).Append(world.DelayAsync(world.Plan.Trouble)));
        world.StoreFaults.Heal();
        world.ProviderFaults.Heal();
        await Task.WhenAll(world.Machines.Where(static machine => !machine.IsUp).Select(static machine => machine.StartAsync()));
    }

    private async Task HappenAsync(FaultEvent happens)
    {
        await world.DelayAsync(happens.At);
        var machine = world.Machines[happens.Machine];
        await (happens.Kind switch
        {
            FaultKind.Crash => CrashAsync(machine, happens.For),
            FaultKind.CrashAtWrite => CrashAtWriteAsync(machine, happens.For),
            FaultKind.Pause => PauseAsync(machine, happens.For),
            _ => BreakAsync(happens.For),
        });
    }

    private async Task CrashAsync(Machine machine, TimeSpan time)
    {
        if (machine.IsUp)
        {
            machine.Kill();
            await world.DelayAsync(time);
            await machine.StartAsync();
        }
    }

    // The most delicate moment: what was written is durable, and whoever wrote it will never know.
    private async Task CrashAtWriteAsync(Machine machine, TimeSpan time)
    {
        var isDead = false;
        world.Tables.Committed += Strike;
        while (!isDead && machine.IsUp)
        {
            await world.DelayAsync(TimeSpan.FromSeconds(1));
        }

        world.Tables.Committed -= Strike;
        if (isDead)
        {
            await world.DelayAsync(time);
            await machine.StartAsync();
        }

        void Strike(CommittedWrite write)
        {
            if (!isDead && machine.IsUp && machine.Number == write.Machine)
            {
                isDead = true;
                machine.Kill();
            }
        }
    }

    private async Task PauseAsync(Machine machine, TimeSpan time)
    {
        machine.Pause();
        await world.DelayAsync(time);
        machine.Resume();
    }

    private async Task BreakAsync(TimeSpan time)
    {
        world.StoreFaults.Outages++;
        world.ProviderFaults.Outages++;
        await world.DelayAsync(time);
        world.StoreFaults.Outages--;
        world.ProviderFaults.Outages--;
    }
}
