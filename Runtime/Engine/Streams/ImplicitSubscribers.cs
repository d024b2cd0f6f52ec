using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>The grains that are subscribed to streams by their classes. Safe from any thread.</summary>
internal sealed class ImplicitSubscribers(SiloRuntime silo)
{
    private readonly Lazy<ILookup<string, GrainClass>> _classes = new(() => ByNamespace(silo.Catalog.Classes.Values));

    /// <summary>Those of one stream; the same in all silos.</summary>
    public IEnumerable<Subscriber> Of(string provider, StreamId stream) => _classes.Value[stream.GetNamespace() ?? ""]
        .Concat(stream.Namespace.IsEmpty ? [] : _classes.Value[""])
        .Select(subscriber => new GrainId(subscriber.GrainType, KeyOf(subscriber.Type, stream)))
        .Select(grain => new Subscriber(provider, stream, IdOf(provider, stream, grain), grain, IsImplicit: true));

    private static ILookup<string, GrainClass> ByNamespace(IEnumerable<GrainClass> classes) => classes
        .SelectMany(static known => known.Type
            .GetCustomAttributes<ImplicitStreamSubscriptionAttribute>()
            .Select(attribute => (Namespace: attribute.StreamNamespace ?? "", Class: known)))
        .OrderBy(static pair => pair.Class.GrainType)
        .ToLookup(static pair => pair.Namespace, static pair => pair.Class, StringComparer.Ordinal);

    // A grain whose key is an integer has it in hexadecimal, a stream in decimal digits.
    private static IdSpan KeyOf(Type grainClass, StreamId stream) =>
        typeof(IGrainWithIntegerKey).IsAssignableFrom(grainClass)
        && long.TryParse(stream.GetKeyAsString(), CultureInfo.InvariantCulture, out var number)
            ? GrainIdKeyExtensions.CreateIntegerKey(number)
            : IdSpan.Create(stream.GetKeyAsString());

    // Nobody keeps it: so each silo has to come to the same by itself.
    private static Guid IdOf(string provider, StreamId stream, GrainId grain) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{new StreamAddress(provider, stream).ToGrainId()} {grain}")).AsSpan(0, 16));
}
