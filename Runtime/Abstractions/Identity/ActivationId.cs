namespace Orleans.Runtime;

/// <summary>One incarnation of a grain.</summary>
/// <param name="key">The id.</param>
public readonly struct ActivationId(Guid key) : IEquatable<ActivationId>
{
    internal Guid Key { get; } = key;

    /// <summary>Whether there is no id.</summary>
    public bool IsDefault => Key == Guid.Empty;

    /// <summary>Equality.</summary>
    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ActivationId other) => Key.Equals(other.Key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"@{Key:N}";
}
