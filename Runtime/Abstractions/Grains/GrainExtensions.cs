using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys and casts of references and of grains.</summary>
public static class GrainExtensions
{
    private const string WrongKind =
        "The object is neither a reference nor a grain that the engine created: was it constructed by hand?";

    /// <summary>The same grain through another interface.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)AsReference(grain, typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentNullException.ThrowIfNull(interfaceType);
        var reference = ReferenceOf(grain);
        return interfaceType.IsInstanceOfType(reference)
            ? reference
            : ((IReferenceFactory)reference.Runtime).CreateReference(reference.GrainId, interfaceType);
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    /// <summary>The id: type and key.</summary>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var id = grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase activation when activation.GrainContext is { } context => context.GrainId,
            _ => throw new ArgumentException(WrongKind, nameof(grain)),
        };

        return id.IsDefault ? throw new ArgumentException(WrongKind, nameof(grain)) : id;
    }

    /// <summary>The key of a grain whose key is a string.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    /// <summary>The key of a grain whose key is an integer.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GetPrimaryKeyLong(grain, out _);

    /// <summary>The key of a grain whose key is an integer, and its extension.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt)
    {
        var id = GetGrainId(grain);
        return id.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {id}");
    }

    /// <summary>The key of a grain whose key is a Guid.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => GetPrimaryKey(grain, out _);

    /// <summary>The key of a grain whose key is a Guid, and its extension.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt)
    {
        var id = GetGrainId(grain);
        if (id.TryGetGuidKey(out var key, out keyExt))
        {
            return key;
        }

        // An integer key answers as a Guid whose last eight bytes are the number, as it always did.
        if (id.TryGetIntegerKey(out var number, out keyExt))
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes.Clear();
            BitConverter.TryWriteBytes(bytes[8..], number);
            return new Guid(bytes);
        }

        throw new InvalidOperationException($"Unable to extract GUID key from grain id {id}");
    }

    /// <summary>Whether the key reads as an integer.</summary>
    public static bool IsPrimaryKeyBasedOnLong(this IAddressable grain) => GetGrainId(grain).TryGetIntegerKey(out _, out _);

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase activation when activation.GrainContext is { } context => context.GrainReference,
        _ => throw new ArgumentException(WrongKind, nameof(grain)),
    };
}

/// <summary>Makes references by interface; the engine's <see cref="ActorShop.Runtime.Invocation.IGrainReferenceRuntime"/> is one.</summary>
internal interface IReferenceFactory
{
    GrainReference CreateReference(GrainId grainId, Type interfaceType);
}
