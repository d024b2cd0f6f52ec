using System.Reflection;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Serialization;
using Orleans.CodeGeneration;

namespace ActorShop.Runtime.Hosting;

/// <summary>The interfaces and classes of all assemblies that bring grains.</summary>
internal sealed class GrainManifests : IGrainManifestBuilder
{
    private readonly List<GrainInterface> _interfaces = [];
    private readonly List<Type> _classes = [];

    private readonly Func<Type, bool> _hasClass;
    private readonly Func<Type, int> _versionOf;

    /// <summary>These manifests.</summary>
    /// <param name="manifests">The manifests.</param>
    /// <param name="withClasses">False for a client: it calls grains and has none.</param>
    public GrainManifests(IEnumerable<GrainManifest> manifests, bool withClasses = true)
        : this(manifests, _ => withClasses, VersionOf)
    {
    }

    /// <summary>A part of what these manifests bring, in versions of its own: another build of a program, for tests.</summary>
    public GrainManifests(IEnumerable<GrainManifest> manifests, Func<Type, bool> hasClass, Func<Type, int> versionOf)
    {
        (_hasClass, _versionOf) = (hasClass, versionOf);
        Manifests = [.. manifests];
        foreach (var manifest in Manifests)
        {
            manifest.Describe(this);
        }
    }

    public IReadOnlyList<GrainManifest> Manifests { get; }

    public IReadOnlyList<GrainInterface> Interfaces => _interfaces;

    public IReadOnlyList<Type> Classes => _classes;

    /// <summary>
    /// The manifests of the loaded assemblies and of all that they refer to, in the order of their names. Assemblies of the
    /// framework are passed over, since to load them all would cost the start more than everything else.
    /// </summary>
    public static IReadOnlyList<GrainManifest> Discover()
    {
        var seen = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(static assembly => !assembly.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            if (IsOfFramework(assembly.GetName()) || !seen.TryAdd(assembly.FullName!, assembly))
            {
                continue;
            }

            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (!IsOfFramework(name) && !seen.ContainsKey(name.FullName) && TryLoad(name) is { } loaded)
                {
                    open.Enqueue(loaded);
                }
            }
        }

        return
        [
            .. seen.Values
                .OrderBy(static assembly => assembly.FullName, StringComparer.Ordinal)
                .SelectMany(static assembly => assembly.GetCustomAttributes<GrainManifestAttribute>())
                .Select(static attribute => (GrainManifest)Activator.CreateInstance(attribute.Manifest)!),
        ];
    }

    /// <summary>The version of an interface, by its attribute; 0 where it has none.</summary>
    public static int VersionOf(Type interfaceType) => interfaceType.GetCustomAttribute<VersionAttribute>()?.Version ?? 0;

    /// <inheritdoc/>
    public void AddInterface<TInterface>(string name, Func<GrainReferenceSeed, Orleans.Runtime.GrainReference> create) =>
        _interfaces.Add(new GrainInterface(typeof(TInterface), name, create, _versionOf(typeof(TInterface))));

    /// <inheritdoc/>
    public void AddGrainClass(Type grainClass)
    {
        if (_hasClass(grainClass))
        {
            _classes.Add(grainClass);
        }
    }

    /// <inheritdoc/>
    public void AddInvokable<TInvokable>(string interfaceName, string methodId, Func<ICodecProvider, Codec<TInvokable>> codec)
        where TInvokable : Invokable
    {
        // The codecs have a builder of their own, which goes through the same manifests.
    }

    /// <inheritdoc/>
    public void AddCodec<T>(string alias, Func<ICodecProvider, Codec<T>> codec)
    {
    }

    /// <inheritdoc/>
    public void AddGenericCodec(string alias, Type genericType, Type genericCodec)
    {
    }

    private static bool IsOfFramework(AssemblyName name) =>
        name.Name is null or "mscorlib" or "netstandard" or "System"
        || name.Name.StartsWith("System.", StringComparison.Ordinal)
        || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name.Name.StartsWith("xunit", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            // A reference that was left out of the deployment on purpose cannot bring grains.
            return null;
        }
    }
}
