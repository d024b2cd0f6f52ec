namespace ActorShop.Catalog;

internal static class Versions
{
    /// <summary>Null if the change is allowed; otherwise the current version, 0 if nothing is stored.</summary>
    /// <param name="expected">What the caller saw: null to not care, 0 for nothing.</param>
    /// <param name="current">What there is; null for nothing.</param>
    public static long? Check(long? expected, long? current) =>
        expected is null || expected == (current ?? 0) ? null : current ?? 0;
}
