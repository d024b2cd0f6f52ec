namespace ActorShop.Simulation;

/// <summary>The membership table. A silo that is silent for seconds is declared dead, whether it is or not; it learns of that later, and ends.</summary>
internal sealed class SimulatedMembership(SimulatedCluster cluster, Randomness randomness, SimulatedMembershipFaults faults)
{
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSlowness = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxRead = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxGossip = TimeSpan.FromSeconds(2);

    private readonly List<SiloRuntime> _members = [];
    private readonly Dictionary<SiloRuntime, int> _missedProbes = [];

    public IReadOnlyList<SiloRuntime> Members => _members;

    /// <summary>When a silo was last declared dead that lived, and so may answer from what its successors have changed.</summary>
    public TimeSpan? LastFalseDeath { get; private set; }

    public bool IsMember(SiloRuntime runtime) => _members.Contains(runtime);

    public bool IsReachable(int silo) => !faults.IsDown && !faults.CutOff.Contains(silo);

    /// <summary>Reads the table: whether it says that a silo is a member.</summary>
    /// <exception cref="IOException">The table could not be reached.</exception>
    public async Task<bool> ReadAsync(SiloRuntime reader)
    {
        var isMember = IsMember(reader);
        await Task.Delay(randomness.NextTime(TimeSpan.Zero, randomness.Flip(faults.BeSlow) ? MaxSlowness : MaxRead), reader.Time);
        return IsReachable(reader.Process.Number) && !randomness.Flip(faults.FailBefore)
            ? isMember
            : throw new IOException("The membership table cannot be reached.");
    }

    /// <summary>Enters a silo. A former life of it is declared dead.</summary>
    /// <exception cref="IOException">The table could not be reached; the silo may have been entered.</exception>
    public async Task JoinAsync(SiloRuntime runtime)
    {
        if (randomness.Flip(faults.BeSlow))
        {
            await cluster.DelayAsync(randomness.NextTime(TimeSpan.Zero, MaxSlowness));
        }

        if (!IsReachable(runtime.Process.Number) || randomness.Flip(faults.FailBefore))
        {
            throw new IOException("The membership table cannot be reached.");
        }

        if (runtime.Process.IsDead)
        {
            return;
        }

        foreach (var former in _members.Where(member => member.Silo == runtime.Silo && member != runtime).ToArray())
        {
            Declare(former);
        }

        if (!IsMember(runtime))
        {
            _members.Add(runtime);
        }

        if (randomness.Flip(faults.FailAfter))
        {
            throw new IOException("The answer of the membership table was lost.");
        }
    }

    /// <summary>Members probe each other, and silos that were declared dead learn of it.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await cluster.DelayAsync(ProbePeriod);
            foreach (var member in _members.ToArray())
            {
                Probe(member);
            }

            foreach (var silo in cluster.Silos)
            {
                if (silo is { IsOutcast: true, IsPaused: false } && IsReachable(silo.Number) && randomness.Next(5) == 0)
                {
                    silo.Crash();
                }
            }
        }
    }

    private void Probe(SiloRuntime member)
    {
        if (!IsSilent(member))
        {
            _missedProbes.Remove(member);
            return;
        }

        var missed = _missedProbes[member] = _missedProbes.GetValueOrDefault(member) + 1;
        if (_members.Count > 1 && !faults.IsDown && missed >= 3 + randomness.Next(8))
        {
            Declare(member);
        }
    }

    private bool IsSilent(SiloRuntime member)
    {
        var number = member.Process.Number;
        return member.Process.IsDead || member.Process.IsPaused || _members.Exists(other => other != member
            && (cluster.Network.IsBlocked(number, other.Process.Number) || cluster.Network.IsBlocked(other.Process.Number, number)));
    }

    private void Declare(SiloRuntime dead)
    {
        if (!dead.Process.IsDead)
        {
            LastFalseDeath = cluster.Time.Elapsed;
        }

        Remove(dead);
    }

    /// <summary>Removes a silo that stops, or whose death its peers have seen.</summary>
    public void Remove(SiloRuntime dead)
    {
        if (!_members.Remove(dead))
        {
            return;
        }

        // Those that missed the dead silo are no longer silent because of it.
        _missedProbes.Clear();
        cluster.Directory.RemoveAll(dead);
        foreach (var member in _members)
        {
            cluster.Time.After(randomness.NextTime(TimeSpan.Zero, MaxGossip), () => member.Process.Do(() => member.BreakCalls(dead)));
        }
    }
}
