using System.Globalization;
using ActorShop.Health;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Simulation.Shop;

/// <summary>A machine that runs one silo after another, with its wires to the store and the provider.</summary>
internal sealed class Machine(SimulatedWorld world, SimulatedSilo silo)
{
    private readonly List<Wire> _wires = [];
    private bool _isHeld;

    public int Number => silo.Number;

    public bool IsUp => silo.IsUp;

    public void Compose(ISiloBuilder builder)
    {
        _wires.Clear();
        var identity = string.Create(CultureInfo.InvariantCulture, $"{Number}/{silo.Life}");
        ShopSilo.Configure(builder, world, Number, identity, (to, faults) =>
        {
            var wire = new Wire(world.Time, world.Draws($"{to} of {identity}"), faults, world.Gate);
            _wires.Add(wire);
            return wire;
        });

        // A shop in one process has no cluster that could declare it dead.
        if (world.SiloCount > 1)
        {
            SiloHealth.Configure(builder.Services, silo, world.Plan.Settings.LeaveAfter);
        }
    }

    /// <summary>Starts the workers of the silo. They run until its process ends.</summary>
    public void Begin()
    {
        var services = silo.Runtime!.Services;
        var time = silo.Runtime.Time;
        if (services.GetService<HealthAgent>() is { } agent)
        {
            _ = silo.RunInBackgroundAsync("health agent", () => SiloHealth.RunAsync(agent, silo, world, time));
        }

        foreach (var worker in services.GetServices<IWorker>())
        {
            _ = silo.RunInBackgroundAsync(worker.GetType().Name, () => ShopSilo.RunAsync(worker, time));
        }
    }

    /// <summary>Waits until its silo answers: after the first read of the membership table, which a silo in production makes before it joins.</summary>
    public async Task AnswersAsync()
    {
        while (silo.Runtime!.Services.GetService<HealthAgent>() is { MayAnswer: false })
        {
            await world.DelayAsync(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>The process dies and is restarted after a while, as a supervisor does.</summary>
    /// <param name="isNoticed">Whether its peers see their connections break, or nothing at all.</param>
    public async Task CrashAsync(bool isNoticed, TimeSpan time)
    {
        Kill(isNoticed);
        await RestartAsync(time);
    }

    public async Task RestartAsync(TimeSpan time)
    {
        await world.DelayAsync(time);
        _isHeld = false;
        await StartAsync();
    }

    public async Task LeaveAsync(TimeSpan time)
    {
        _isHeld = true;
        try
        {
            await silo.StopAsync();
        }
        catch (Exception fault) when (GrainShop.IsFault(fault))
        {
            // It died of another fault meanwhile.
            Kill(isNoticed: true);
        }

        Cut();
        await RestartAsync(time);
    }

    /// <summary>Starts a process that ended by itself, as a supervisor does.</summary>
    public Task ReviveAsync() => silo.IsAlive || _isHeld ? Task.CompletedTask : StartAsync();

    public void Pause() => silo.Pause();

    public void Resume() => silo.Resume();

    /// <summary>Neither the store nor the provider nor the table of members hears from it, or all do again.</summary>
    public void CutOff(bool isCutOff)
    {
        _wires.ForEach(wire => wire.IsDown = isCutOff);
        if (isCutOff)
        {
            world.Cluster.MembershipFaults.CutOff.Add(Number);
        }
        else
        {
            world.Cluster.MembershipFaults.CutOff.Remove(Number);
        }
    }

    /// <summary>The process ends at this instant, and stays down until it is started.</summary>
    public void Kill(bool isNoticed)
    {
        _isHeld = true;
        silo.Crash(isNoticed);
        Cut();
    }

    private void Cut() => _wires.ForEach(static wire => wire.Cut());

    private async Task StartAsync()
    {
        try
        {
            if (!silo.IsAlive)
            {
                await silo.StartAsync();
            }
        }
        catch (Exception fault) when (GrainShop.IsFault(fault))
        {
            // It died while it started, or could not: the next attempt follows.
            silo.Crash();
            return;
        }

        Begin();
    }
}
