using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace ActorShop.Runtime.Timers;

/// <summary>Makes the timers of activations.</summary>
internal sealed class TimerRegistry(SiloRuntime silo) : ITimerRegistry
{
    /// <inheritdoc/>
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        GrainTimer.Check(options.DueTime, nameof(options));
        GrainTimer.Check(options.Period, nameof(options));
        if (grainContext is not Activation activation || !ReferenceEquals(activation.Silo, silo))
        {
            throw new ArgumentException("The activation is not of this silo.", nameof(grainContext));
        }

        activation.CheckAccess();
        return new GrainTimer<TState>(activation, callback, state, options);
    }
}
