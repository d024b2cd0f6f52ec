namespace Orleans.CodeGeneration;

/// <summary>On a grain interface: its version, by which silos of an old and of a new program live together while they are replaced.</summary>
/// <remarks>
/// A silo serves callers of its own version and of older ones. So a version may add methods, and must keep those that the one before had.
/// An interface without a version is compatible with all.
/// </remarks>
/// <param name="version">The version, from 1.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class VersionAttribute(ushort version) : Attribute
{
    /// <summary>The version.</summary>
    public ushort Version { get; } = version;
}
