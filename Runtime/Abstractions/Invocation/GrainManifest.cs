using ActorShop.Runtime.Serialization;

namespace ActorShop.Runtime.Invocation;

/// <summary>Names the generated manifest of an assembly: what <c>[assembly: GrainManifest(typeof(…))]</c> carries.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute(Type manifest) : Attribute
{
    /// <summary>A type with a parameterless constructor that derives from <see cref="GrainManifest"/>.</summary>
    public Type Manifest { get; } = manifest;
}

/// <summary>What an assembly brings to the engine: generated, one per assembly.</summary>
public abstract class GrainManifest
{
    /// <summary>Adds the assembly's references, invokers, codecs and grain classes.</summary>
    public abstract void Describe(IGrainManifestBuilder builder);
}

/// <summary>Collects the manifests of all assemblies at start.</summary>
public interface IGrainManifestBuilder
{
    /// <summary>A grain (or observer, or extension) interface and the class of its references.</summary>
    void AddInterface<TInterface>(string name, Func<GrainReferenceSeed, Orleans.Runtime.GrainReference> create);

    /// <summary>An invokable: made by the reader of a request before its arguments are read.</summary>
    /// <param name="interfaceName">The alias or full name of the interface.</param>
    /// <param name="methodId">The alias of the method, or its name with parameter types; unique within the interface.</param>
    /// <param name="codec">Makes the codec of the invokable: its arguments are fields 0, 1, 2 …</param>
    void AddInvokable<TInvokable>(string interfaceName, string methodId, Func<ICodecProvider, Codec<TInvokable>> codec)
        where TInvokable : Invokable;

    /// <summary>A concrete grain class of the assembly.</summary>
    void AddGrainClass(Type grainClass);

    /// <summary>A serializable type under its alias (or full name), and its codec.</summary>
    void AddCodec<T>(string alias, Func<ICodecProvider, Codec<T>> codec);

    /// <summary>The codec of an open generic serializable type: instantiated by the provider when first asked for.</summary>
    /// <param name="alias">The alias or full name of the generic type.</param>
    /// <param name="genericType">The open type, <c>typeof(Stored&lt;,&gt;)</c>.</param>
    /// <param name="genericCodec">The open codec with the same parameters; its constructor takes an <see cref="ICodecProvider"/>.</param>
    void AddGenericCodec(string alias, Type genericType, Type genericCodec);
}
