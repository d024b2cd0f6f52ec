using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Serialization;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>A method that can be called from another process.</summary>
/// <param name="Id">Its name on the wire: the stable hashes of interface and method.</param>
/// <param name="InterfaceName">The name of the interface.</param>
/// <param name="MethodId">The name of the method within it.</param>
/// <param name="Codec">Carries its calls.</param>
/// <param name="Arrive">Makes the message of a call that has arrived.</param>
internal sealed record WireMethod(ulong Id, string InterfaceName, string MethodId, ICodec Codec, Func<Arrival, InvokeOptions, Message> Arrive)
{
    /// <summary>A method that this process does not have: its calls can be passed on, and not run.</summary>
    public static WireMethod Unknown(ulong id) =>
        new(id, "unknown", id.ToString("x16", CultureInfo.InvariantCulture), new NoCodec(), static (arrival, options) => new ArrivedVoid(arrival, options));

    /// <inheritdoc/>
    public override string ToString() => $"{InterfaceName}.{MethodId}";

    private sealed class NoCodec : ICodec
    {
        public Type Type => typeof(Invokable);

        public bool IsImmutable => false;

        public void WriteField(ref WireWriter writer, uint fieldId, object? value) => throw new UnreachableException();

        public object ReadValue(ref WireReader reader, WireTag tag) =>
            throw new OrleansMessageRejectionException("The silo does not know the method: it runs another version of the program.");

        public object? Copy(object? value) => throw new UnreachableException();
    }
}

/// <summary>The methods that the manifests name, by their ids and by the types of their calls. Safe from any thread.</summary>
/// <remarks>Reflection works here once per engine, so that it does not for each call.</remarks>
internal sealed class WireMethods
{
    private readonly FrozenDictionary<ulong, WireMethod> _byId;
    private readonly FrozenDictionary<Type, WireMethod> _byType;

    public WireMethods(CodecProvider codecs)
    {
        var byId = new Dictionary<ulong, WireMethod>();
        var byType = new Dictionary<Type, WireMethod>();
        foreach (var ((interfaceName, methodId), type) in codecs.Invokables)
        {
            var id = ((ulong)StableHash.ComputeHash(interfaceName) << 32) | StableHash.ComputeHash(methodId);
            var method = new WireMethod(id, interfaceName, methodId, new LateInvokableCodec(codecs, interfaceName, methodId), ArriveOf(type));
            if (!byId.TryAdd(id, method))
            {
                throw new InvalidOperationException($"{method} and {byId[id]} have the same hash; one of them needs another [Alias].");
            }

            byType.Add(type, method);
        }

        (_byId, _byType) = (byId.ToFrozenDictionary(), byType.ToFrozenDictionary());
    }

    /// <summary>The method of an id; null where no manifest names it.</summary>
    public WireMethod? Find(ulong id) => _byId.GetValueOrDefault(id);

    /// <summary>The method that a call is of; null where no manifest names it.</summary>
    public WireMethod? Find(Invokable request) => _byType.GetValueOrDefault(request.GetType());

    private static Func<Arrival, InvokeOptions, Message> ArriveOf(Type invokable)
    {
        for (var type = invokable; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Invokable<>))
            {
                var make = typeof(WireMethods).GetMethod(nameof(Arrive), BindingFlags.NonPublic | BindingFlags.Static)!;
                return make.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<Arrival, InvokeOptions, Message>>();
            }
        }

        return static (arrival, options) => new ArrivedVoid(arrival, options);
    }

    private static ArrivedResult<TResult> Arrive<TResult>(Arrival arrival, InvokeOptions options) => new ArrivedResult<TResult>(arrival, options);

    // Codecs are made when first used: most methods of a program never cross a process.
    private sealed class LateInvokableCodec(CodecProvider codecs, string interfaceName, string methodId) : ICodec
    {
        private ICodec? _codec;

        public Type Type => Codec.Type;

        public bool IsImmutable => Codec.IsImmutable;

        private ICodec Codec => _codec ??= codecs.FindInvokable(interfaceName, methodId)!;

        public void WriteField(ref WireWriter writer, uint fieldId, object? value) => Codec.WriteField(ref writer, fieldId, value);

        public object? ReadValue(ref WireReader reader, WireTag tag) => Codec.ReadValue(ref reader, tag);

        public object? Copy(object? value) => Codec.Copy(value);
    }
}
