using System.Collections.Immutable;
using Orleans.Runtime;

namespace ActorShop.Runtime.Serialization;

/// <content>The types that have a codec without asking for one.</content>
internal sealed partial class CodecProvider
{
    private static readonly Dictionary<Type, Type> GenericCodecs = new()
    {
        [typeof(Nullable<>)] = typeof(NullableCodec<>),
        [typeof(List<>)] = typeof(ListCodec<>),
        [typeof(HashSet<>)] = typeof(HashSetCodec<>),
        [typeof(SortedSet<>)] = typeof(SortedSetCodec<>),
        [typeof(Queue<>)] = typeof(QueueCodec<>),
        [typeof(Stack<>)] = typeof(StackCodec<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCodec<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCodec<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCodec<>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetCodec<>),
        [typeof(ImmutableQueue<>)] = typeof(ImmutableQueueCodec<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCodec<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCodec<,>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCodec<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCodec<,>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCodec<,>),
        [typeof(ValueTuple<>)] = typeof(ValueTupleCodec<>),
        [typeof(ValueTuple<,>)] = typeof(ValueTupleCodec<,>),
        [typeof(ValueTuple<,,>)] = typeof(ValueTupleCodec<,,>),
        [typeof(ValueTuple<,,,>)] = typeof(ValueTupleCodec<,,,>),
        [typeof(ValueTuple<,,,,>)] = typeof(ValueTupleCodec<,,,,>),
        [typeof(ValueTuple<,,,,,>)] = typeof(ValueTupleCodec<,,,,,>),
        [typeof(ValueTuple<,,,,,,>)] = typeof(ValueTupleCodec<,,,,,,>),
        [typeof(ValueTuple<,,,,,,,>)] = typeof(ValueTupleCodec<,,,,,,,>),
        [typeof(Tuple<>)] = typeof(TupleCodec<>),
        [typeof(Tuple<,>)] = typeof(TupleCodec<,>),
        [typeof(Tuple<,,>)] = typeof(TupleCodec<,,>),
        [typeof(Tuple<,,,>)] = typeof(TupleCodec<,,,>),
        [typeof(Tuple<,,,,>)] = typeof(TupleCodec<,,,,>),
        [typeof(Tuple<,,,,,>)] = typeof(TupleCodec<,,,,,>),
        [typeof(Tuple<,,,,,,>)] = typeof(TupleCodec<,,,,,,>),
        [typeof(Tuple<,,,,,,,>)] = typeof(TupleCodec<,,,,,,,>),
    };

    // The concrete types in the order of their numbers on the wire; the first is what anything else is written as.
    private static readonly Dictionary<Type, Type[]> CollectionInterfaces = new()
    {
        [typeof(IEnumerable<>)] = [typeof(Array), .. SequenceTypes],
        [typeof(IReadOnlyCollection<>)] = [typeof(Array), .. SequenceTypes],
        [typeof(IReadOnlyList<>)] = [typeof(Array), .. SequenceTypes],
        [typeof(ICollection<>)] = [typeof(List<>), typeof(Array), .. SequenceTypes],
        [typeof(IList<>)] = [typeof(List<>), typeof(Array), .. SequenceTypes],
        [typeof(ISet<>)] = [typeof(HashSet<>), typeof(SortedSet<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>)],
        [typeof(IReadOnlySet<>)] = [typeof(HashSet<>), typeof(SortedSet<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>)],
        [typeof(IDictionary<,>)] = DictionaryTypes,
        [typeof(IReadOnlyDictionary<,>)] = DictionaryTypes,
    };

    private static Type[] SequenceTypes =>
    [
        typeof(List<>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(HashSet<>), typeof(SortedSet<>),
        typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(Queue<>), typeof(Stack<>), typeof(ImmutableQueue<>),
    ];

    private static Type[] DictionaryTypes =>
    [
        typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
    ];

    private void AddBuiltIns()
    {
        AddCodec<bool>("bool", static _ => new BooleanCodec());
        AddCodec<byte>("byte", static _ => new ByteCodec());
        AddCodec<sbyte>("sbyte", static _ => new SByteCodec());
        AddCodec<short>("short", static _ => new Int16Codec());
        AddCodec<ushort>("ushort", static _ => new UInt16Codec());
        AddCodec<int>("int", static _ => new Int32Codec());
        AddCodec<uint>("uint", static _ => new UInt32Codec());
        AddCodec<long>("long", static _ => new Int64Codec());
        AddCodec<ulong>("ulong", static _ => new UInt64Codec());
        AddCodec<Int128>("int128", static _ => new Int128Codec());
        AddCodec<UInt128>("uint128", static _ => new UInt128Codec());
        AddCodec<char>("char", static _ => new CharCodec());
        AddCodec<Half>("half", static _ => new HalfCodec());
        AddCodec<float>("float", static _ => new SingleCodec());
        AddCodec<double>("double", static _ => new DoubleCodec());
        AddCodec<decimal>("decimal", static _ => new DecimalCodec());
        AddCodec<string>("string", static _ => new StringCodec());
        AddCodec<Guid>("guid", static _ => new GuidCodec());
        AddCodec<DateTime>("time", static _ => new DateTimeCodec());
        AddCodec<DateTimeOffset>("moment", static _ => new DateTimeOffsetCodec());
        AddCodec<TimeSpan>("span", static _ => new TimeSpanCodec());
        AddCodec<DateOnly>("day", static _ => new DateOnlyCodec());
        AddCodec<TimeOnly>("hour", static _ => new TimeOnlyCodec());
        AddCodec<Uri>("uri", static _ => new UriCodec());
        AddCodec<Version>("version", static _ => new VersionCodec());
        AddCodec<byte[]>("bytes", static _ => new BytesCodec());
        AddCodec<GrainId>("grain-id", static _ => new GrainIdCodec());
        AddCodec<TickStatus>("tick", static _ => new Reminders.TickStatusCodec());
        AddCodec<GrainReference>("grain", static provider => new GrainReferenceCodec<GrainReference>((CodecProvider)provider));
        AddCodec<ForeignException>("exception", static provider => new ForeignExceptionCodec((CodecProvider)provider));
        AddInvokable(Streams.DeliverEvent.Interface, Streams.DeliverEvent.Name, static provider => new Streams.DeliverEventCodec(provider));
        _registered.Add(typeof(Exception), static provider => new ExceptionLevelCodec((CodecProvider)provider));

        // Names without codecs: what collections may be declared to hold.
        _names.Add("object", typeof(object));
        _names.Add("optional", typeof(Nullable<>));
        _names.Add("list", typeof(List<>));
        _names.Add("set", typeof(HashSet<>));
        _names.Add("sorted-set", typeof(SortedSet<>));
        _names.Add("queue", typeof(Queue<>));
        _names.Add("stack", typeof(Stack<>));
        _names.Add("immutable-array", typeof(ImmutableArray<>));
        _names.Add("immutable-list", typeof(ImmutableList<>));
        _names.Add("immutable-set", typeof(ImmutableHashSet<>));
        _names.Add("immutable-sorted-set", typeof(ImmutableSortedSet<>));
        _names.Add("immutable-queue", typeof(ImmutableQueue<>));
        _names.Add("map", typeof(Dictionary<,>));
        _names.Add("sorted-map", typeof(SortedDictionary<,>));
        _names.Add("immutable-map", typeof(ImmutableDictionary<,>));
        _names.Add("immutable-sorted-map", typeof(ImmutableSortedDictionary<,>));
        _names.Add("entry", typeof(KeyValuePair<,>));
        foreach (var tuple in GenericCodecs.Keys.Where(static type => type.Name.Contains("Tuple", StringComparison.Ordinal)))
        {
            _names.Add((tuple.IsValueType ? "tuple" : "reference-tuple") + tuple.GetGenericArguments().Length, tuple);
        }
    }

    private static bool IsBuiltIn(Type type) => type.IsArray || GenericCodecs.ContainsKey(Definition(type));

    private ICodec? MakeBuiltIn(Type type)
    {
        if (type.IsEnum)
        {
            return Make(typeof(EnumCodec<>), [type]);
        }

        if (type.IsSZArray)
        {
            return Make(typeof(ArrayCodec<>), [type.GetElementType()!], this);
        }

        return type is { IsGenericType: true, ContainsGenericParameters: false } && GenericCodecs.TryGetValue(type.GetGenericTypeDefinition(), out var codec)
            ? Make(codec, type.GetGenericArguments(), this)
            : null;
    }

    private ICodec? MakeCollectionInterface(Type type)
    {
        if (!type.IsInterface || !CollectionInterfaces.TryGetValue(Definition(type), out var concrete))
        {
            return null;
        }

        var arguments = type.GetGenericArguments();
        Type[] types = [.. concrete.Distinct().Select(open => open == typeof(Array) ? arguments[0].MakeArrayType() : open.MakeGenericType(arguments))];
        return arguments.Length == 1
            ? Make(typeof(SequenceInterfaceCodec<,>), [type, arguments[0]], this, types)
            : Make(typeof(DictionaryInterfaceCodec<,,>), [type, .. arguments], this, types);
    }
}
