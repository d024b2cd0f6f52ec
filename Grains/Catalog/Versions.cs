namespace ActorShop.Catalog;

/// <summary>How stated versions are held against known ones.</summary>
internal static class Versions
{
    /// <summary>Null when the change may go on; otherwise the current version, 0 where there is nothing yet.</summary>
    /// <param name="expected">What the caller saw: null to not care, 0 for nothing.</param>
    /// <param name="current">What there is; null for nothing.</param>
    public static long? Check(long? expected, long? current) =>
        expected is null || expected == (current ?? 0) ? null : current ?? 0;
}
