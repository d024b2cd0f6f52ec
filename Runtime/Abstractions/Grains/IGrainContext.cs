using Orleans.Core;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>One activation of a grain, seen from inside.</summary>
/// <remarks>Its members are safe from any thread; the grain instance itself is not: it belongs to the turns.</remarks>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The grain as others may hold it.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The object of the grain class; null before it is constructed.</summary>
    object? GrainInstance { get; }

    /// <summary>This incarnation.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Services whose scope is this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>The stages of activation and deactivation.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Completes when the activation has ended. To await it from within the activation never returns.</summary>
    Task Deactivated { get; }

    /// <summary>A component attached to this activation; null where there is none.</summary>
    TComponent? GetComponent<TComponent>()
        where TComponent : class;

    /// <summary>Attaches a component, or removes it with null.</summary>
    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    /// <summary>Starts to end the activation; returns at once.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Knows the activation whose turn runs on the calling thread.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation; null outside of turns.</summary>
    IGrainContext? GrainContext { get; }
}

/// <summary>What the engine offers to <see cref="Grain"/>.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo's name.</summary>
    string SiloIdentity { get; }

    /// <summary>Makes references.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Makes timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The services of the silo.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <inheritdoc cref="GrainBaseExtensions.DeactivateOnIdle"/>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps an activation from idle collection for a while.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);

    /// <summary>The state of a <see cref="Grain{TGrainState}"/>.</summary>
    IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext);
}

/// <summary>The engine's activations, as the programming model reaches them without a look-up.</summary>
internal interface IActivationContext : IGrainContext
{
    IGrainRuntime Runtime { get; }

    void EnterReentrantSection(Guid callChain);

    void ExitReentrantSection(Guid callChain);
}

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? CurrentOfThread;

    public static IGrainContext? Current
    {
        get => CurrentOfThread;
        set => CurrentOfThread = value;
    }
}
