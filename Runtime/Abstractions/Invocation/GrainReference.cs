using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Serialization;

namespace ActorShop.Runtime.Invocation
{
    /// <summary>What a generated reference is made of.</summary>
    /// <param name="GrainId">Who is called.</param>
    /// <param name="Runtime">Who carries the call.</param>
    public readonly record struct GrainReferenceSeed(Orleans.Runtime.GrainId GrainId, IGrainReferenceRuntime Runtime);

    /// <summary>Carries calls from references to grains. Implemented by the engine.</summary>
    public interface IGrainReferenceRuntime
    {
        /// <summary>Sends a request whose arguments have been copied, and completes with its answer.</summary>
        Task<TResult> InvokeAsync<TResult>(Orleans.Runtime.GrainReference target, Invokable<TResult> request);

        /// <summary>Sends a request whose arguments have been copied; completes with its answer, or at once when one-way.</summary>
        Task InvokeAsync(Orleans.Runtime.GrainReference target, VoidInvokable request);

        /// <summary>The codecs with which generated references copy arguments.</summary>
        ICodecProvider Codecs { get; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A grain as its callers hold it: an id and a way to reach it. Holding one costs and promises nothing.</summary>
    /// <remarks>Safe from any thread. Two references to one grain through one interface are equal.</remarks>
    public abstract class GrainReference(GrainReferenceSeed seed) : IAddressable, IEquatable<GrainReference>
    {
        /// <summary>Who is called.</summary>
        public GrainId GrainId { get; } = seed.GrainId;

        /// <summary>The engine that carries the calls.</summary>
        protected internal IGrainReferenceRuntime Runtime { get; } = seed.Runtime;

        /// <summary>The alias of the interface, or its full name.</summary>
        public abstract string InterfaceName { get; }

        /// <inheritdoc/>
        public bool Equals(GrainReference? other) =>
            other is not null && GrainId.Equals(other.GrainId) && string.Equals(InterfaceName, other.InterfaceName, StringComparison.Ordinal);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as GrainReference);

        /// <inheritdoc/>
        public override int GetHashCode() => GrainId.GetHashCode();

        /// <inheritdoc/>
        public override string ToString() => $"{InterfaceName}@{GrainId}";
    }
}
