using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>How a silo is chosen for a new activation.</summary>
    public abstract class PlacementStrategy;

    /// <summary>Any silo.</summary>
    public sealed class RandomPlacement : PlacementStrategy;

    /// <summary>The silo that the grain's stable hash names.</summary>
    public sealed class HashBasedPlacement : PlacementStrategy;

    /// <summary>The caller's silo.</summary>
    public sealed class PreferLocalPlacement : PlacementStrategy;

    /// <summary>The silo with the fewest activations.</summary>
    public sealed class ActivationCountBasedPlacement : PlacementStrategy;

    /// <summary>The silo with the most resources free: the default.</summary>
    public sealed class ResourceOptimizedPlacement : PlacementStrategy;

    /// <summary>The caller's silo, several activations of one grain.</summary>
    /// <param name="maxLocal">At most so many a silo; not positive: one a processor.</param>
    /// <param name="removeIdleWorkers">Whether those that idle are removed.</param>
    public sealed class StatelessWorkerPlacement(int maxLocal, bool removeIdleWorkers = true) : PlacementStrategy
    {
        /// <summary>One a processor.</summary>
        public StatelessWorkerPlacement()
            : this(maxLocal: -1)
        {
        }

        /// <summary>At most so many a silo; not positive: one a processor.</summary>
        public int MaxLocal { get; } = maxLocal;

        /// <summary>Whether those that idle are removed.</summary>
        public bool RemoveIdleWorkers { get; } = removeIdleWorkers;
    }
}

namespace Orleans.Placement
{
    /// <summary>On a grain class: how a silo is chosen for its activations.</summary>
    /// <param name="placement">How.</param>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public abstract class PlacementAttribute(PlacementStrategy placement) : Attribute
    {
        /// <summary>How.</summary>
        public PlacementStrategy PlacementStrategy { get; } = placement;
    }

    /// <inheritdoc cref="RandomPlacement"/>
    public sealed class RandomPlacementAttribute() : PlacementAttribute(new RandomPlacement());

    /// <inheritdoc cref="HashBasedPlacement"/>
    public sealed class HashBasedPlacementAttribute() : PlacementAttribute(new HashBasedPlacement());

    /// <inheritdoc cref="PreferLocalPlacement"/>
    public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());

    /// <inheritdoc cref="ActivationCountBasedPlacement"/>
    public sealed class ActivationCountBasedPlacementAttribute() : PlacementAttribute(new ActivationCountBasedPlacement());

    /// <inheritdoc cref="ResourceOptimizedPlacement"/>
    public sealed class ResourceOptimizedPlacementAttribute() : PlacementAttribute(new ResourceOptimizedPlacement());
}
