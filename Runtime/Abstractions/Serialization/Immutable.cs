namespace Orleans.Concurrency;

/// <summary>Carries a value that nobody will change, so that it is handed over without a copy.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="value">The value; neither side changes it afterwards.</param>
[GenerateSerializer]
[Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value itself, not a copy.</summary>
    [Id(0)]
#pragma warning disable CA1051 // A field in Orleans too.
    public readonly T Value = value;
#pragma warning restore CA1051
}

/// <summary>Wraps values in <see cref="Immutable{T}"/>.</summary>
public static class ImmutableExtensions
{
    /// <summary>Promises that <paramref name="value"/> is not changed any more.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
