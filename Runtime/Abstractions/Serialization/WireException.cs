using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization;

namespace ActorShop.Runtime.Serialization;

/// <summary>What is wrong with bytes that could not be read, or with a value that could not be written.</summary>
public enum WireFault
{
    /// <summary>The data ends within a value.</summary>
    Truncated,

    /// <summary>A number is longer than its type allows.</summary>
    Overlong,

    /// <summary>A field has another wire type than its reader expects.</summary>
    UnexpectedType,

    /// <summary>A length or count is greater than what follows.</summary>
    LengthExceedsData,

    /// <summary>A number is outside the range of its type, or text is not UTF-8.</summary>
    InvalidValue,

    /// <summary>The name of a type is on no list of known types, or does not fit its place.</summary>
    UnknownType,

    /// <summary>Objects are nested deeper than <see cref="WireWriter.MaxDepth"/>, or form a cycle.</summary>
    TooDeep,
}

/// <summary>Bytes that are not a value of the expected type, or a value that has no wire form.</summary>
/// <remarks>Thrown before anything large is allocated. The message it arrived in is lost; the connection is not in doubt.</remarks>
public sealed class WireException : SerializerException
{
    /// <summary>What is wrong, in a sentence.</summary>
    public WireException(WireFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>What is wrong, in a sentence, and what noticed.</summary>
    public WireException(WireFault fault, string message, Exception innerException)
        : base(message, innerException) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public WireFault Fault { get; }

    // Throwing apart from the readers keeps those small enough to be inlined.
    [DoesNotReturn]
    internal static void ThrowTruncated() => throw new WireException(WireFault.Truncated, "The data ends within a value.");

    [DoesNotReturn]
    internal static void ThrowOverlong() => throw new WireException(WireFault.Overlong, "A number is longer than its type allows.");

    [DoesNotReturn]
    internal static void ThrowUnexpected(WireType actual) =>
        throw new WireException(WireFault.UnexpectedType, $"The wire type {actual} does not fit the field.");

    [DoesNotReturn]
    internal static void ThrowLength(ulong length, int remaining) =>
        throw new WireException(WireFault.LengthExceedsData, $"A length or count of {length} was announced where {remaining} bytes remain.");

    [DoesNotReturn]
    internal static void ThrowInvalid(string type) => throw new WireException(WireFault.InvalidValue, $"The data is no valid {type}.");

    [DoesNotReturn]
    internal static void ThrowTooDeep() =>
        throw new WireException(WireFault.TooDeep, $"Objects are nested deeper than {WireWriter.MaxDepth}, or form a cycle.");
}
