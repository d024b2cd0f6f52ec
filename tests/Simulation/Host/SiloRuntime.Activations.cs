namespace ActorShop.Simulation;

/// <content>The activations of this life.</content>
internal sealed partial class SiloRuntime
{
    private readonly Dictionary<GrainId, List<SimulatedActivation>> _activations = [];
    private long _lastActivation;

    /// <summary>Whether the silo is stopping: no grain is placed here any more.</summary>
    public bool IsLeaving { get; private set; }

    private SimulatedActivation[] InOrder => [.. _activations.Values.SelectMany(static all => all).OrderBy(static activation => activation.Number)];

    public void Remove(SimulatedActivation activation)
    {
        if (_activations.TryGetValue(activation.GrainId, out var all) && all.Remove(activation) && all.Count == 0)
        {
            _activations.Remove(activation.GrainId);
            Cluster.Directory.Unregister(activation.GrainId, this);
        }
    }

    /// <summary>Ends the activations that have been idle for a time.</summary>
    public void CollectIdle(TimeSpan age)
    {
        foreach (var activation in InOrder.Where(activation => activation.IsCollectable(age)))
        {
            activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, "It was idle."));
        }
    }

    /// <summary>Ends all activations. Completes when none is left.</summary>
    public async Task LeaveAsync()
    {
        IsLeaving = true;
        while (InOrder is { Length: > 0 } left)
        {
            foreach (var activation in left)
            {
                activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo stops."));
            }

            await Task.WhenAll(left.Select(static activation => activation.Deactivated));
        }
    }

    private SimulatedActivation? Find(GrainId grain) => _activations.TryGetValue(grain, out var all) ? all[0] : null;

    private SimulatedActivation? FindWorker(GrainId grain, GrainClass grainClass)
    {
        if (!_activations.TryGetValue(grain, out var all))
        {
            return null;
        }

        var open = all.FindAll(static activation => !activation.IsEnding);
        return open.Find(static activation => activation.IsIdle)
            ?? (open.Count < grainClass.MaxWorkers ? null : open[_randomness.Next(open.Count)]);
    }

    private SimulatedActivation Activate(GrainRequest request, GrainClass grain)
    {
        var activation = new SimulatedActivation(this, request.Target, grain, ++_lastActivation);
        if (!_activations.TryGetValue(request.Target, out var all))
        {
            _activations[request.Target] = all = [];
        }

        all.Add(activation);
        activation.Activate(request.Context);
        return activation;
    }
}
