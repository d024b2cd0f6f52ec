namespace ActorShop.Storage;

/// <summary>The cause of a failure as callers in other processes can be told of it.</summary>
/// <remarks>
/// Exceptions of libraries have no form on the wire, and neither engine sends an exception whose cause has none: the caller would be told of a
/// missing codec instead of a database that is away, and take it for a failure of the shop's own.
/// </remarks>
internal static class TravellingCause
{
    /// <summary>The cause itself if it is the framework's all the way down, otherwise what it says.</summary>
    public static Exception Of(Exception cause)
    {
        for (var level = cause; level is not null; level = level.InnerException)
        {
            if (level.GetType().Namespace?.StartsWith("System", StringComparison.Ordinal) is not true)
            {
                return new IOException($"{cause.GetType().FullName}: {cause.Message}", cause.InnerException is { } inner ? Of(inner) : null);
            }
        }

        return cause;
    }
}
