using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace ActorShop.Simulation;

internal sealed class GrainRequest
{
    /// <summary>Its number among the calls of <see cref="From"/>.</summary>
    public required long Call { get; init; }

    /// <summary>The life of the silo that sent it.</summary>
    public required SiloRuntime From { get; init; }

    public required GrainId Target { get; init; }

    public required InvokeMethodOptions Options { get; init; }

    public required Dictionary<string, object>? Context { get; init; }

    /// <summary>The call itself; null between two silos, where it is bytes.</summary>
    public IInvokable? Body { get; set; }

    public byte[]? Bytes { get; set; }

    public int Hops { get; set; }
}
