using System.Diagnostics.Metrics;

namespace ActorShop.Runtime.Diagnostics;

/// <summary>The engine's figures.</summary>
internal sealed class EngineInstruments : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _activated;
    private readonly Counter<long> _deactivated;
    private readonly Counter<long> _storageFailures;

    public EngineInstruments(IMeterFactory meters)
    {
        _meter = meters.Create("ActorShop.Engine");
        _activated = _meter.CreateCounter<long>("actorshop.activations.created", "{activation}");
        _deactivated = _meter.CreateCounter<long>("actorshop.activations.ended", "{activation}");
        _storageFailures = _meter.CreateCounter<long>("actorshop.storage.failures", "{operation}");
    }

    public void Activated() => _activated.Add(1);

    public void Deactivated() => _deactivated.Add(1);

    public void StorageFailed() => _storageFailures.Add(1);

    public void Observe(Func<long> activations, Func<long> pendingCalls)
    {
        _meter.CreateObservableUpDownCounter("actorshop.activations", activations, "{activation}");
        _meter.CreateObservableUpDownCounter("actorshop.calls.pending", pendingCalls, "{call}");
    }

    public void Dispose() => _meter.Dispose();
}
