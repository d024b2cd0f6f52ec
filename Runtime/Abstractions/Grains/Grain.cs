using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains. One instance is one activation; the engine makes it and runs one turn of it at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private IGrainRuntime? _runtime;

    /// <summary>Made by the engine: the context is that of the activation under construction.</summary>
    protected Grain()
    {
        GrainContext = RuntimeContext.Current!;
    }

    /// <summary>Made by a test: context and runtime are stated.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        _runtime = grainRuntime;
    }

    /// <inheritdoc/>
    [AllowNull]
    public IGrainContext GrainContext { get; }

    /// <summary>This grain as others may hold it.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's id as text.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The silo's name in the log's form.</summary>
    public string RuntimeIdentity => Runtime.SiloIdentity;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    internal IGrainRuntime Runtime => _runtime ??= FindRuntime();

    /// <summary>Runs before the first call, after the state was read. A failure fails the calls that wait for it.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not on a crash: nothing that matters may depend on it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation after the running calls. State is not saved by it.</summary>
    protected void DeactivateOnIdle() => Runtime.DeactivateOnIdle(GrainContext);

    /// <summary>Keeps this activation from idle collection for a while; not positive cancels, infinite is forever.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(GrainContext, timeSpan);

    private IGrainRuntime FindRuntime() =>
        (GrainContext as IActivationContext)?.Runtime
        ?? GrainContext?.ActivationServices.GetService<IGrainRuntime>()
        ?? throw new InvalidOperationException("The grain was created outside of the engine and no runtime was specified.");
}

/// <summary>A grain with one state, read before <see cref="Grain.OnActivateAsync"/> and written when the grain says so.</summary>
/// <typeparam name="TGrainState">The state; it has a parameterless constructor.</typeparam>
public class Grain<TGrainState> : Grain
{
    [AllowNull]
    private IStorage<TGrainState> _storage;

    /// <summary>Made by the engine: the state is named "state" and kept by the default provider, or the one of the attribute.</summary>
    protected Grain()
    {
        GrainContext.ObservableLifecycle.Subscribe(
            GetType().FullName!, GrainLifecycleStage.SetupState, SetupStateAsync, static _ => Task.CompletedTask);
    }

    /// <summary>Made by a test: the storage is stated.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>What is remembered.</summary>
    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    /// <inheritdoc cref="IStorage.ClearStateAsync()"/>
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    /// <inheritdoc cref="IStorage.WriteStateAsync()"/>
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    /// <inheritdoc cref="IStorage.ReadStateAsync()"/>
    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();

    private Task SetupStateAsync(CancellationToken cancellationToken)
    {
        if (_storage?.Etag is not null)
        {
            return Task.CompletedTask;
        }

        _storage ??= Runtime.GetStorage<TGrainState>(GrainContext);
        return ReadStateAsync();
    }
}
