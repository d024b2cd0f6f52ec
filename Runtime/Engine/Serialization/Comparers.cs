using Orleans.Serialization;

namespace ActorShop.Runtime.Serialization;

/// <summary>The comparers of sets and dictionaries, as far as they travel.</summary>
/// <remarks>
/// Sorted collections of strings are always ordinal after a journey: the default would sort by the culture of whoever reads,
/// and two silos would disagree.
/// </remarks>
internal static class Comparers
{
    private const uint Default = 0;
    private const uint Ordinal = 1;
    private const uint OrdinalIgnoreCase = 2;

    /// <summary>The number of a comparer.</summary>
    /// <exception cref="CodecNotFoundException">It has none.</exception>
    public static uint NumberOf<T>(object comparer) => comparer switch
    {
        _ when IsDefault<T>(comparer) => Default,
        _ when comparer.Equals(StringComparer.Ordinal) => Ordinal,
        _ when comparer.Equals(StringComparer.OrdinalIgnoreCase) => OrdinalIgnoreCase,
        _ => throw CodecProvider.NotFound(comparer.GetType()),
    };

    // A dictionary of strings reports the default comparer although it uses another inside; both are this one to its users.
#pragma warning disable MA0024 // Which comparer the caller chose is the question here.
    private static bool IsDefault<T>(object comparer) =>
        ReferenceEquals(comparer, EqualityComparer<T>.Default) || ReferenceEquals(comparer, Comparer<T>.Default);
#pragma warning restore MA0024

    /// <summary>The comparer for keys in no order.</summary>
    public static IEqualityComparer<T>? Equality<T>(uint number) => number switch
    {
        Ordinal when StringComparer.Ordinal is IEqualityComparer<T> ordinal => ordinal,
        OrdinalIgnoreCase when StringComparer.OrdinalIgnoreCase is IEqualityComparer<T> ignoring => ignoring,
        Default => null,
        _ => throw new WireException(WireFault.InvalidValue, "The data names no valid comparer."),
    };

    /// <summary>The comparer for keys in order.</summary>
    public static IComparer<T> Order<T>(uint number) => number switch
    {
        Default or Ordinal when StringComparer.Ordinal is IComparer<T> ordinal => ordinal,
        OrdinalIgnoreCase when StringComparer.OrdinalIgnoreCase is IComparer<T> ignoring => ignoring,
        Default => Comparer<T>.Default,
        _ => throw new WireException(WireFault.InvalidValue, "The data names no valid comparer."),
    };
}
