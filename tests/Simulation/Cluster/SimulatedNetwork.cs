namespace ActorShop.Simulation;

/// <summary>The links between silos. Each message takes its own time, so they may overtake each other, and may be lost. None arrives twice.</summary>
internal sealed class SimulatedNetwork(SimulatedCluster cluster, Randomness randomness, SimulatedNetworkFaults faults)
{
    private readonly HashSet<(int From, int To)> _blocked = [];
    private readonly Dictionary<(int From, int To), long> _resets = [];

    public void Block(int from, int to) => _blocked.Add((from, to));

    public void Heal() => _blocked.Clear();

    /// <summary>Whether messages of one silo do not reach another. Members accept no connection of a silo that they have declared dead.</summary>
    public bool IsBlocked(int from, int to) =>
        from != to && (_blocked.Contains((from, to)) || cluster.Silos[from].IsOutcast != cluster.Silos[to].IsOutcast);

    /// <summary>Breaks the connection of two silos: half of the messages on their way are lost.</summary>
    public void Reset(int one, int other)
    {
        _resets[(one, other)] = _resets.GetValueOrDefault((one, other)) + 1;
        _resets[(other, one)] = _resets.GetValueOrDefault((other, one)) + 1;
    }

    /// <summary>Sends a message. Within a silo it arrives at once.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The silo that receives.</param>
    /// <param name="arrive">What happens there.</param>
    /// <param name="lost">What the sender does when the message is lost, if it can tell.</param>
    public void Send(SimulatedProcess from, int to, Action arrive, Action? lost = null)
    {
        if (from.Number == to)
        {
            arrive();
            return;
        }

        var isLost = randomness.Flip(faults.Loss);
        if (randomness.Flip(faults.Reset))
        {
            Reset(from.Number, to);
        }

        var resets = _resets.GetValueOrDefault((from.Number, to));
        cluster.Time.After(randomness.NextTime(faults.MinLatency, faults.MaxLatency), () =>
        {
            var wasReset = _resets.GetValueOrDefault((from.Number, to)) != resets;
            if (isLost || IsBlocked(from.Number, to) || (wasReset && randomness.Next(2) == 0))
            {
                lost?.Invoke();
            }
            else
            {
                arrive();
            }
        });
    }
}
