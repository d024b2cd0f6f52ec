using System.Reflection;
using Orleans.Concurrency;

namespace ActorShop.Simulation;

/// <summary>What the simulated host needs to know of a grain class.</summary>
internal sealed class GrainClass(Type type, PlacementStrategy placement)
{
    // Orleans' default is the number of processors, which a run must not depend on.
    private const int DefaultWorkers = 4;

    private readonly CustomAttributeData? _statelessWorker =
        type.CustomAttributes.FirstOrDefault(static attribute => attribute.AttributeType == typeof(StatelessWorkerAttribute));

    public IGrainActivator Activator { get; } = OrleansParts.ActivatorOf(type);

    public bool IsReentrant { get; } = type.IsDefined(typeof(ReentrantAttribute), inherit: true);

    public bool IsStatelessWorker => _statelessWorker is not null;

    public int MaxWorkers =>
        _statelessWorker?.ConstructorArguments.Select(static argument => argument.Value).OfType<int>().FirstOrDefault(DefaultWorkers) ?? 1;

    public bool PrefersLocal { get; } = placement is PreferLocalPlacement;
}
