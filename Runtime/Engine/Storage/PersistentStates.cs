using System.Reflection;
using ActorShop.Runtime.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace ActorShop.Runtime.Storage;

/// <summary>Makes the states of activations.</summary>
internal sealed class PersistentStates : IPersistentStateFactory, IAttributeToFactoryMapper<PersistentStateAttribute>
{
    /// <summary>Makes a state that the caller reads itself.</summary>
    public static PersistentState<TState> Create<TState>(Activation activation, string stateName, string? storageName) =>
        new(activation, stateName, FindStorage(activation, stateName, storageName));

    /// <inheritdoc/>
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var state = Create<TState>((Activation)context, config.StateName, config.StorageName);
        context.ObservableLifecycle.Subscribe(config.StateName, GrainLifecycleStage.SetupState, state);
        return state;
    }

    /// <inheritdoc/>
    public Factory<IGrainContext, object> GetFactory(ParameterInfo parameter, PersistentStateAttribute metadata)
    {
        if (!parameter.ParameterType.IsGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new ArgumentException(
                $"Parameter {parameter.Name} of {parameter.Member.DeclaringType} carries [PersistentState] and is no IPersistentState<>.",
                nameof(parameter));
        }

        IPersistentStateConfiguration config = metadata.StateName is { Length: > 0 }
            ? metadata
            : new PersistentStateAttribute(parameter.Name!, metadata.StorageName);
        return typeof(PersistentStates)
            .GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(parameter.ParameterType.GetGenericArguments())
            .CreateDelegate<Func<IPersistentStateConfiguration, Factory<IGrainContext, object>>>(this)(config);
    }

    private static IGrainStorage FindStorage(Activation activation, string stateName, string? storageName)
    {
        var services = activation.Silo.Services;
        var storage = string.IsNullOrEmpty(storageName)
            ? services.GetService<IGrainStorage>()
                ?? services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            : services.GetKeyedService<IGrainStorage>(storageName);
        return storage ?? throw new BadProviderConfigException(
            string.IsNullOrEmpty(storageName)
                ? $"No default storage provider found loading grain type {activation.Class.Type.FullName} (state {stateName})."
                : $"No storage provider named \"{storageName}\" found loading grain type {activation.Class.Type.FullName}.");
    }

    private Factory<IGrainContext, object> Bind<TState>(IPersistentStateConfiguration config) =>
        context => Create<TState>(context, config);
}
