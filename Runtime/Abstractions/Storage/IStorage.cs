namespace Orleans.Core
{
    /// <summary>The stored state of a grain, as the grain drives it. Belongs to the turns of its activation.</summary>
    public interface IStorage
    {
        /// <summary>The version last read or written; null before the first write.</summary>
        string? Etag { get; }

        /// <summary>Whether the store holds a record.</summary>
        bool RecordExists { get; }

        /// <summary>Removes what is stored, and forgets it.</summary>
        /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote since.</exception>
        Task ClearStateAsync();

        /// <summary>Stores the state. Writes not yet started are made one.</summary>
        /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote since.</exception>
        Task WriteStateAsync();

        /// <summary>Replaces the state by what is stored.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <inheritdoc cref="IStorage"/>
    /// <typeparam name="TState">The state.</typeparam>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>What is remembered; never null after the first read.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A named state of a grain, injected by <see cref="PersistentStateAttribute"/> and read before activation ends.</summary>
    /// <typeparam name="TState">The state; it has a parameterless constructor.</typeparam>
    public interface IPersistentState<TState> : Orleans.Core.IStorage<TState>;

    /// <summary>Marks attributes that say how a constructor parameter of a grain is made.</summary>
    public interface IFacetMetadata;

    /// <summary>Makes constructor parameters that carry <typeparamref name="TMetadata"/>.</summary>
    /// <typeparam name="TMetadata">The attribute.</typeparam>
    public interface IAttributeToFactoryMapper<in TMetadata>
        where TMetadata : IFacetMetadata
    {
        /// <summary>The factory of one parameter.</summary>
        Factory<IGrainContext, object> GetFactory(System.Reflection.ParameterInfo parameter, TMetadata metadata);
    }

    /// <summary>Makes something from something.</summary>
    /// <typeparam name="TParam1">From what.</typeparam>
    /// <typeparam name="TResult">What.</typeparam>
    public delegate TResult Factory<in TParam1, out TResult>(TParam1 param1);

    /// <summary>Which state, and who keeps it.</summary>
    public interface IPersistentStateConfiguration
    {
        /// <summary>The name of the state.</summary>
        string StateName { get; }

        /// <summary>The name of the provider; null is the default one.</summary>
        string? StorageName { get; }
    }

    /// <summary>Makes the states of activations.</summary>
    public interface IPersistentStateFactory
    {
        /// <summary>Makes one.</summary>
        IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config);
    }

    /// <summary>Injects a named state. With ADO.NET storage two classes that share a state name and a key share a row.</summary>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="storageName">The name of the provider; null is the default one.</param>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null)
        : Attribute, IFacetMetadata, IPersistentStateConfiguration
    {
        /// <inheritdoc/>
        public string StateName { get; } = stateName;

        /// <inheritdoc/>
        public string? StorageName { get; } = storageName;
    }
}

namespace Orleans.Providers
{
    /// <summary>Names the provider that keeps the state of a <see cref="Grain{TGrainState}"/>.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class StorageProviderAttribute : Attribute
    {
        /// <summary>The name of the provider.</summary>
        public string ProviderName { get; set; } = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
    }

    /// <summary>Names of providers.</summary>
    public static class ProviderConstants
    {
        /// <summary>The storage provider that is used where none is named.</summary>
        public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";

        /// <summary>The storage provider that keeps stream subscriptions.</summary>
        public const string DEFAULT_PUBSUB_PROVIDER_NAME = "PubSubStore";
    }
}
