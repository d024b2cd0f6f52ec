using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A record between a grain and its store.</summary>
    /// <typeparam name="T">The state.</typeparam>
    public interface IGrainState<T>
    {
        /// <summary>What is stored.</summary>
        T? State { get; set; }

        /// <summary>The version; null where there is no record.</summary>
        string? ETag { get; set; }

        /// <summary>Whether the store holds a record.</summary>
        bool RecordExists { get; set; }
    }

    /// <inheritdoc cref="IGrainState{T}"/>
    public sealed class GrainState<T> : IGrainState<T>
    {
        /// <summary>No record.</summary>
        public GrainState()
        {
        }

        /// <summary>A state without a version.</summary>
        public GrainState(T? state) => State = state;

        /// <summary>A state of a version.</summary>
        public GrainState(T? state, string? eTag)
        {
            State = state;
            ETag = eTag;
        }

        /// <inheritdoc/>
        public T? State { get; set; }

        /// <inheritdoc/>
        public string? ETag { get; set; }

        /// <inheritdoc/>
        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Keeps the states of grains. Registered as a keyed service under the provider's name.</summary>
    /// <remarks>
    /// Implementations must be safe from any thread, must write only if the version sent is the stored one, and must answer
    /// <see cref="InconsistentStateException"/> otherwise. A fault whose outcome is unknown must be any other exception.
    /// </remarks>
    public interface IGrainStorage
    {
        /// <summary>Fills state, version and existence from the store; must leave a new state where there is no record.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ReadStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ReadStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ReadStateAsync(stateName, grainId, grainState);

        /// <summary>Stores the state if the version is still the stored one, and must set the new version.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task WriteStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            WriteStateAsync(stateName, grainId, grainState);

        /// <summary>Removes the state if the version is still the stored one, and must leave a new state.</summary>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ClearStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ClearStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>The stored form of states.</summary>
    public interface IGrainStorageSerializer
    {
        /// <summary>To bytes.</summary>
        BinaryData Serialize<T>(T? input);

        /// <summary>From bytes.</summary>
        T? Deserialize<T>(BinaryData input);
    }

    /// <summary>A write met another version than the one it expected. It did not happen.</summary>
    /// <remarks>Escaping a grain's method it ends the activation, whose memory is proven stale.</remarks>
    [GenerateSerializer]
    public class InconsistentStateException : OrleansException
    {
        /// <summary>Nothing stated.</summary>
        public InconsistentStateException()
        {
        }

        /// <summary>In words.</summary>
        public InconsistentStateException(string message)
            : base(message)
        {
        }

        /// <summary>In words, with its cause.</summary>
        public InconsistentStateException(string message, Exception? innerException)
            : base(message, innerException!)
        {
        }

        /// <summary>With both versions.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, storageException: null)
        {
        }

        /// <summary>With both versions and its cause.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
            : base(errorMsg, storageException!)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        /// <summary>With both versions and its cause.</summary>
        public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
            : this(storageException.Message, storedEtag, currentEtag, storageException)
        {
        }

        /// <summary>The version in the store.</summary>
        [Id(0)]
        public string? StoredEtag { get; internal set; }

        /// <summary>The version that was expected.</summary>
        [Id(1)]
        public string? CurrentEtag { get; internal set; }

        /// <summary>False once it has passed from the activation whose write failed to a caller.</summary>
        [Id(2)]
        internal bool IsSourceActivation { get; set; } = true;

        /// <inheritdoc/>
        public override string ToString() =>
            $"InconsistentStateException: {Message} Expected Etag={StoredEtag} Received Etag={CurrentEtag} {InnerException}";
    }

    /// <summary>A provider that a grain names is not there, or is configured wrongly. Retrying does not help.</summary>
    public sealed class BadProviderConfigException : OrleansException
    {
        /// <summary>Nothing stated.</summary>
        public BadProviderConfigException()
        {
        }

        /// <summary>In words.</summary>
        public BadProviderConfigException(string message)
            : base(message)
        {
        }

        /// <summary>In words, with its cause.</summary>
        public BadProviderConfigException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
