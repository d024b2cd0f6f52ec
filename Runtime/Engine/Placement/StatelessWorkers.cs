using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Placement;

/// <summary>The activations of one stateless worker in this silo: a request goes to one that idles, or to a new one, or waits.</summary>
internal sealed class StatelessWorkers(SiloRuntime silo, GrainClass grainClass, GrainId grainId) : IAddressee, IActivationOwner
{
    private readonly Lock _lock = new();
    private readonly int _limit = grainClass.Placement is StatelessWorkerPlacement { MaxLocal: > 0 and var stated }
        ? stated
        : silo.Processors;

    private Activation[] _workers = [];
    private int _next;

    public IReadOnlyList<Activation> Activations => _workers;

    /// <inheritdoc/>
    public void Receive(Message message) => Choose().Receive(message);

    /// <inheritdoc/>
    public void OnGone(Activation activation)
    {
        lock (_lock)
        {
            _workers = [.. _workers.Where(worker => !ReferenceEquals(worker, activation))];
        }

        silo.Instruments.Deactivated();
    }

    private Activation Choose()
    {
        lock (_lock)
        {
            foreach (var worker in _workers)
            {
                if (worker is { IsIdle: true, IsUsable: true })
                {
                    return worker;
                }
            }

            if (_workers.Length < _limit)
            {
                var made = new Activation(silo, grainClass, grainId, this, silo.Catalog.NextNumber());
                _workers = [.. _workers, made];
                silo.Instruments.Activated();
                return made;
            }

            return _workers[_next++ % _workers.Length];
        }
    }
}
