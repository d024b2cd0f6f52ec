using System.Globalization;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Cluster;

/// <summary>A kind of trouble.</summary>
internal enum Trouble
{
    Crash,
    Pause,
    Part,
    Block,
    Break,
    CutOff,
    TableDown,
    Leave,
    Isolate,
}

/// <summary>Does what goes wrong, as the seed has it: each seed has some kinds of faults and not others.</summary>
internal sealed class Nemesis(SimulatedCluster cluster, Trouble[]? stated)
{
    private readonly Func<int, int> _draw = cluster.Draws("nemesis");
    private readonly List<string> _done = [];
    private bool _ended;

    private IReadOnlyList<SimulatedSilo> Silos => cluster.Silos;

    /// <summary>What was done, for whoever replays a failure.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Makes trouble for a while, then heals everything.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var kinds = stated ?? Choose(Enum.GetValues<Trouble>());
        if (stated is null)
        {
            Background();
        }

        var until = cluster.Time.Elapsed + time;
        var running = new List<Task>();

        // What leases are for is rare by chance alone: so every second seed begins with it.
        if (stated is null && cluster.Seed % 2 == 0)
        {
            running.Add(IsolateAsync());
        }

        while (cluster.Time.Elapsed < until)
        {
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(200 + _draw(4_000)));
            running.RemoveAll(static task => task.IsCompletedSuccessfully);
            if (running.Count < 3)
            {
                running.Add(MakeAsync(kinds[_draw(kinds.Length)]));
            }
        }

        _ended = true;
        foreach (var task in running)
        {
            await task;
        }

        Heal();
    }

    private Trouble[] Choose(Trouble[] all)
    {
        Trouble[] chosen = [.. all.Where(_ => _draw(2) == 0)];
        return chosen.Length == 0 ? [all[_draw(all.Length)]] : chosen;
    }

    private Task MakeAsync(Trouble kind) => kind switch
    {
        Trouble.Crash => CrashAsync(),
        Trouble.Pause => PauseAsync(),
        Trouble.Part => PartAsync(),
        Trouble.Block => BlockAsync(),
        Trouble.Break => BreakAsync(),
        Trouble.CutOff => CutOffAsync(),
        Trouble.TableDown => TableDownAsync(),
        Trouble.Isolate => IsolateAsync(),
        _ => LeaveAsync(),
    };

    private void Background()
    {
        if (_draw(3) == 0)
        {
            (cluster.MembershipFaults.FailBefore, cluster.MembershipFaults.FailAfter, cluster.MembershipFaults.BeSlow) = (0.05, 0.05, 0.03);
        }

        if (_draw(3) == 0)
        {
            (cluster.StorageFaults.FailBefore, cluster.StorageFaults.FailAfter) = (0.02, 0.02);
        }

        if (_draw(3) == 0)
        {
            (cluster.NetworkFaults.Loss, cluster.NetworkFaults.Reset) = (0.005, 0.001);
        }

        if (_draw(3) == 0)
        {
            cluster.NetworkFaults.MaxLatency = TimeSpan.FromMilliseconds(50);
        }
    }

    private void Heal()
    {
        cluster.HealNetwork();
        cluster.NetworkFaults.Loss = cluster.NetworkFaults.Reset = 0;
        cluster.MembershipFaults.FailBefore = cluster.MembershipFaults.FailAfter = cluster.MembershipFaults.BeSlow = 0;
        cluster.MembershipFaults.IsDown = false;
        cluster.MembershipFaults.CutOff.Clear();
        cluster.StorageFaults.FailBefore = cluster.StorageFaults.FailAfter = 0;
        foreach (var silo in Silos)
        {
            silo.Resume();
        }
    }

    private async Task CrashAsync()
    {
        var silo = Silos[_draw(Silos.Count)];
        if (!silo.IsUp)
        {
            return;
        }

        Note($"crash {silo.Number}");
        silo.Crash(noticed: _draw(2) == 0);
        await WaitAsync(6_000);
    }

    private async Task LeaveAsync()
    {
        var silo = Silos[_draw(Silos.Count)];
        if (!silo.IsUp || silo.IsPaused)
        {
            return;
        }

        Note($"leave {silo.Number}");
        try
        {
            await silo.StopAsync();
        }
        catch (Exception exception) when (exception is SiloCrashedException or OrleansException or OperationCanceledException)
        {
            silo.Crash();
        }
    }

    private async Task PauseAsync()
    {
        var silo = Silos[_draw(Silos.Count)];
        if (!silo.IsAlive || silo.IsPaused)
        {
            return;
        }

        Note($"pause {silo.Number}");
        silo.Pause();
        await WaitAsync(5_000);
        Note($"resume {silo.Number}");
        silo.Resume();
    }

    private async Task PartAsync()
    {
        var (one, other) = Two();
        Note($"part {one} and {other}");
        cluster.Part(one, other);
        await WaitAsync(8_000);
        Note("heal");
        cluster.HealNetwork();
    }

    private async Task BlockAsync()
    {
        var (from, to) = Two();
        Note($"block {from} to {to}");
        cluster.Block(from, to);
        await WaitAsync(8_000);
        Note("heal");
        cluster.HealNetwork();
    }

    private async Task BreakAsync()
    {
        var (one, other) = Two();
        Note($"break {one} and {other}");
        cluster.Break(one, other);
        await WaitAsync(100);
    }

    private async Task CutOffAsync()
    {
        var silo = _draw(Silos.Count);
        Note($"cut {silo} off from the table");
        cluster.MembershipFaults.CutOff.Add(silo);
        await WaitAsync(5_000);
        cluster.MembershipFaults.CutOff.Remove(silo);
        Note($"{silo} reaches the table");
    }

    // Long enough for others to take over what it has, while those who ask through it go on; and half of the time it sleeps meanwhile.
    private async Task IsolateAsync()
    {
        var silo = Silos[_draw(Silos.Count)];
        Note($"isolate {silo.Number}");
        cluster.MembershipFaults.CutOff.Add(silo.Number);
        foreach (var other in Silos.Where(other => other != silo))
        {
            cluster.Part(silo.Number, other.Number);
        }

        if (_draw(2) == 0 && silo is { IsAlive: true, IsPaused: false })
        {
            Note($"pause {silo.Number}");
            silo.Pause();
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(2_500));
            silo.Resume();
        }

        await cluster.DelayAsync(TimeSpan.FromMilliseconds(_ended ? 0 : 4_000 + _draw(2_000)));
        cluster.MembershipFaults.CutOff.Remove(silo.Number);
        cluster.HealNetwork();
        Note($"{silo.Number} is back");
    }

    private async Task TableDownAsync()
    {
        Note("table down");
        cluster.MembershipFaults.IsDown = true;
        await WaitAsync(5_000);
        cluster.MembershipFaults.IsDown = false;
        Note("table up");
    }

    private (int One, int Other) Two()
    {
        var one = _draw(Silos.Count);
        return (one, (one + 1 + _draw(Silos.Count - 1)) % Silos.Count);
    }

    private Task WaitAsync(int most) => cluster.DelayAsync(TimeSpan.FromMilliseconds(_ended ? 0 : _draw(most)));

    private void Note(string what) =>
        _done.Add(string.Create(CultureInfo.InvariantCulture, $"{cluster.Time.Elapsed.TotalSeconds:0.000} {what}"));
}
