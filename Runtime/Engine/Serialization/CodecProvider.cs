using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ActorShop.Runtime.Invocation;
using Orleans.Runtime;
using Orleans.Serialization;

namespace ActorShop.Runtime.Serialization;

/// <summary>The codecs of one engine: those of its manifests, those built in, and those made from both.</summary>
/// <remarks>
/// <para>
/// Safe from any thread. Codecs are made when first asked for and kept; making one uses reflection, using one does not.
/// </para>
/// <para>
/// A type is known by name only if a manifest names it or it is built in: what the wire says is looked up in that closed list and
/// never handed to the type loader.
/// </para>
/// </remarks>
internal sealed partial class CodecProvider : ICodecProvider, IGrainManifestBuilder
{
    private readonly Dictionary<Type, Func<ICodecProvider, ICodec>> _registered = [];
    private readonly Dictionary<Type, Type> _registeredGenerics = [];
    private readonly Dictionary<(string Interface, string Method), Type> _invokables = [];
    private readonly ConcurrentDictionary<Type, ICodec> _declared = new();
    private readonly ConcurrentDictionary<Type, ICodec> _exact = new();
    private readonly ConcurrentDictionary<Type, NamedCodec?> _named = new();
    private readonly TypeNames _names = new();
    private readonly KnownExceptions _exceptions = new();

    /// <summary>The built-in codecs and those of <paramref name="manifests"/>.</summary>
    public CodecProvider(IEnumerable<GrainManifest> manifests)
    {
        AddBuiltIns();
        foreach (var manifest in manifests)
        {
            manifest.Describe(this);
        }
    }

    /// <summary>Who makes references of ids; set by the engine before the first call. Without it references cannot be read.</summary>
    public IGrainReferenceSource? References { get; set; }

    /// <summary>The exceptions that can be rebuilt although they have no codec of their own.</summary>
    public KnownExceptions Exceptions => _exceptions;

    /// <summary>The calls that the manifests name: interface and method, and the type.</summary>
    public IEnumerable<KeyValuePair<(string Interface, string Method), Type>> Invokables => _invokables;

    /// <inheritdoc/>
    public Codec<T> GetCodec<T>() => (Codec<T>)GetCodec(typeof(T));

    /// <inheritdoc/>
    public ICodec GetCodec(Type type) => _declared.TryGetValue(type, out var known) ? known : _declared.GetOrAdd(type, MakeDeclared);

    /// <inheritdoc/>
    public ObjectCodec<T> GetBaseCodec<T>()
        where T : class => GetExact(typeof(T)) as ObjectCodec<T> ?? throw NotFound(typeof(T));

    /// <summary>The codec of the calls of a method; null where no manifest names it.</summary>
    public ICodec? FindInvokable(string interfaceName, string methodId) =>
        _invokables.TryGetValue((interfaceName, methodId), out var type) ? GetExact(type) : null;

    /// <summary>The codec of the objects of a run-time type, and the name under which the reader finds it.</summary>
    /// <exception cref="CodecNotFoundException">The type has no name on the wire.</exception>
    public NamedCodec Name(Type type) => TryName(type, out var named) ? named : throw NotFound(type);

    /// <summary>The same, where the absence of a codec is no mistake.</summary>
    public bool TryName(Type type, [NotNullWhen(true)] out NamedCodec? named)
    {
        if (!_named.TryGetValue(type, out named))
        {
            named = _named.GetOrAdd(type, MakeNamed);
        }

        return named is not null;
    }

    /// <summary>The codec for a name that was read; null where the name is on no list.</summary>
    public ICodec? FindByName(ReadOnlySpan<byte> name) => _names.Find(name) is { } type ? FindExact(type) : null;

    /// <summary>What a caller is told who uses a type that has no codec.</summary>
    public static CodecNotFoundException NotFound(Type type) => new($"Could not find a copier for type {type}.");

    /// <inheritdoc/>
    public void AddInterface<TInterface>(string name, Func<GrainReferenceSeed, GrainReference> create) =>
        _names.Add(name, typeof(TInterface));

    /// <inheritdoc/>
    public void AddInvokable<TInvokable>(string interfaceName, string methodId, Func<ICodecProvider, Codec<TInvokable>> codec)
        where TInvokable : Invokable
    {
        if (!_invokables.TryAdd((interfaceName, methodId), typeof(TInvokable)))
        {
            throw new InvalidOperationException($"Two methods are called {methodId} on interfaces called {interfaceName}.");
        }

        _registered.Add(typeof(TInvokable), codec);
    }

    /// <inheritdoc/>
    public void AddGrainClass(Type grainClass)
    {
    }

    /// <inheritdoc/>
    public void AddCodec<T>(string alias, Func<ICodecProvider, Codec<T>> codec)
    {
        _names.Add(alias, typeof(T));
        _ = _registered.TryAdd(typeof(T), codec);
    }

    /// <inheritdoc/>
    public void AddGenericCodec(string alias, Type genericType, Type genericCodec)
    {
        _names.Add(alias, genericType);
        _ = _registeredGenerics.TryAdd(genericType, genericCodec);
    }

    private ICodec GetExact(Type type) => FindExact(type) ?? throw NotFound(type);

    private ICodec? FindExact(Type type)
    {
        if (_exact.TryGetValue(type, out var known))
        {
            return known;
        }

        return MakeExact(type) is { } made ? _exact.GetOrAdd(type, made) : null;
    }

    // What a member, argument or result of this type is written with. A class that is not sealed may hold a derived object,
    // whose name has to be written.
    private ICodec MakeDeclared(Type type)
    {
        if (IsExact(type) && FindExact(type) is { } exact)
        {
            return exact;
        }

        if (typeof(IAddressable).IsAssignableFrom(type) && (type.IsInterface || type == typeof(GrainReference)))
        {
            return Make(typeof(GrainReferenceCodec<>), [type], this);
        }

        if (MakeCollectionInterface(type) is { } collection)
        {
            return collection;
        }

        var mayHoldOthers = type.IsAbstract || type == typeof(object) || typeof(Exception).IsAssignableFrom(type) || FindExact(type) is not null;
        return mayHoldOthers && !type.IsValueType && !typeof(Delegate).IsAssignableFrom(type) && !type.IsPointer
            ? Make(typeof(PolymorphicCodec<>), [type], this)
            : throw NotFound(type);
    }

    // Built-in collections are not sealed either, but nobody derives from them and expects it to survive.
    private bool IsExact(Type type) =>
        type.IsValueType || type.IsSealed || (!_registered.ContainsKey(type) && !_registeredGenerics.ContainsKey(Definition(type)) && IsBuiltIn(type));

    private ICodec? MakeExact(Type type)
    {
        if (_registered.TryGetValue(type, out var make))
        {
            return make(this);
        }

        if (type.IsGenericType && _registeredGenerics.TryGetValue(type.GetGenericTypeDefinition(), out var genericCodec))
        {
            return Make(genericCodec, type.GetGenericArguments(), this);
        }

        return MakeBuiltIn(type);
    }

    private NamedCodec? MakeNamed(Type type)
    {
        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return new NamedCodec(TypeNames.Reference, GetCodec<GrainReference>());
        }

        if (_names.Find(type) is { } name && FindExact(type) is { } codec)
        {
            return new NamedCodec(name, codec);
        }

        // An exception without a codec travels by its common properties, if it is one of the framework's or the engine's.
        return typeof(Exception).IsAssignableFrom(type) && KnownExceptions.MayTravel(type)
            ? new NamedCodec(TypeNames.Exception, GetExact(typeof(ForeignException)))
            : null;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static ICodec Make(Type codec, Type[] arguments, params object[] parameters)
    {
        var type = codec.IsGenericTypeDefinition ? codec.MakeGenericType(arguments) : codec;
        return (ICodec)Activator.CreateInstance(type, parameters)!;
    }
}

/// <summary>A codec and the name of its type on the wire, in UTF-8.</summary>
internal sealed record NamedCodec(byte[] Name, ICodec Codec);

/// <summary>Makes references: the engine, as the codecs of references see it. Safe from any thread.</summary>
internal interface IGrainReferenceSource
{
    /// <summary>The reference to a grain through an interface; null where no manifest names the interface.</summary>
    GrainReference? Find(GrainId grainId, string interfaceName);

    /// <summary>The reference to a grain or observer that hands out itself; null where it has none.</summary>
    GrainReference? Find(object addressable, Type interfaceType);
}
