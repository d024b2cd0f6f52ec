using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Serialization;

namespace ActorShop.Generators.Tests.Invocation;

/// <summary>Keeps the requests that references make, and answers none but with a default.</summary>
internal sealed class RecordingRuntime : IGrainReferenceRuntime, IGrainReferenceSource
{
    private static readonly GrainManifests Manifests = new(GrainManifests.Discover());

    public List<Invokable> Requests { get; } = [];

    public CodecProvider Codecs { get; } = Serialization.Codecs.Create();

    ICodecProvider IGrainReferenceRuntime.Codecs => Codecs;

    public RecordingRuntime() => Codecs.References = this;

    public T Reference<T>(string key)
        where T : class => (T)(object)Manifests.Interfaces.Single(static known => known.Type == typeof(T))
            .Create(new GrainReferenceSeed(GrainId.Create("sample", key), this));

    public Task<TResult> InvokeAsync<TResult>(GrainReference target, Invokable<TResult> request)
    {
        Requests.Add(request);
        return Task.FromResult<TResult>(default!);
    }

    public Task InvokeAsync(GrainReference target, VoidInvokable request)
    {
        Requests.Add(request);
        return Task.CompletedTask;
    }

    public GrainReference? Find(GrainId grainId, string interfaceName) =>
        Manifests.Interfaces.SingleOrDefault(known => string.Equals(known.Name, interfaceName, StringComparison.Ordinal))
            ?.Create(new GrainReferenceSeed(grainId, this));

    public GrainReference? Find(object addressable, Type interfaceType) =>
        addressable is Sample ? (GrainReference)Reference<Contracts.ISample>("self") : null;

    /// <summary>The request as the callee's process reads it.</summary>
    public Invokable Travel(Invokable request)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        Codecs.GetCodec(request.GetType()).WriteField(ref writer, 0, request);
        writer.Commit();
        var reader = new WireReader(buffer.WrittenSpan);
        return (Invokable)Codecs.FindInvokable(request.InterfaceName, request.MethodId)!.ReadValue(ref reader, reader.ReadTag())!;
    }
}
