namespace ActorShop.Runtime.Serialization;

/// <summary>Writes, reads and copies values of one type. Generated for types with <c>[GenerateSerializer]</c>.</summary>
/// <remarks>
/// Safe from any thread. The wire form is a tagged one (field id and wire type, as in protocol buffers), so that a reader
/// skips fields it does not know and fields may be added. Graphs are trees: shared references are written twice, and
/// nesting deeper than <see cref="WireWriter.MaxDepth"/> fails.
/// </remarks>
/// <typeparam name="T">The type.</typeparam>
public abstract class Codec<T> : ICodec
{
    /// <inheritdoc/>
    public Type Type => typeof(T);

    /// <summary>Writes one field.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="fieldId">The id within the enclosing object; 0 at the top.</param>
    /// <param name="value">The value.</param>
    public abstract void WriteField(ref WireWriter writer, uint fieldId, T value);

    /// <summary>Reads the value of a field whose tag has been read.</summary>
    public abstract T ReadValue(ref WireReader reader, WireTag tag);

    /// <summary>A copy that shares nothing mutable with <paramref name="value"/>.</summary>
    public abstract T Copy(T value);

    /// <summary>Whether <see cref="Copy"/> is the identity, so that callers may leave it out.</summary>
    public abstract bool IsImmutable { get; }

    void ICodec.WriteField(ref WireWriter writer, uint fieldId, object? value) => WriteField(ref writer, fieldId, (T)value!);

    object? ICodec.ReadValue(ref WireReader reader, WireTag tag) => ReadValue(ref reader, tag);

    object? ICodec.Copy(object? value) => Copy((T)value!);
}

/// <summary>The untyped face of <see cref="Codec{T}"/>, for polymorphic values.</summary>
public interface ICodec
{
    /// <summary>The type.</summary>
    Type Type { get; }

    /// <summary>Whether copying is the identity.</summary>
    bool IsImmutable { get; }

    /// <inheritdoc cref="Codec{T}.WriteField"/>
    void WriteField(ref WireWriter writer, uint fieldId, object? value);

    /// <inheritdoc cref="Codec{T}.ReadValue"/>
    object? ReadValue(ref WireReader reader, WireTag tag);

    /// <inheritdoc cref="Codec{T}.Copy"/>
    object? Copy(object? value);
}

/// <summary>Finds the codec of a type: built in, generated, or made from both (collections, nullables, tuples).</summary>
public interface ICodecProvider
{
    /// <summary>The codec of <typeparamref name="T"/>.</summary>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">No codec is known for the type.</exception>
    Codec<T> GetCodec<T>();

    /// <summary>The codec of a type known at run time only.</summary>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">No codec is known for the type.</exception>
    ICodec GetCodec(Type type);

    /// <summary>The codec of exactly <typeparamref name="T"/>, which neither expects nor accepts derived types.</summary>
    /// <remarks>How a derived class writes the members of its base.</remarks>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">No codec is known for the type.</exception>
    ObjectCodec<T> GetBaseCodec<T>()
        where T : class;
}
