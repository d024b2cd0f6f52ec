namespace ActorShop.Storage;

/// <summary>The cause of a failure in a form that crosses processes.</summary>
/// <remarks>
/// Exceptions of libraries have no codec. Where a cause has none, the caller gets the fault of a missing codec instead of the fault of the
/// database.
/// </remarks>
internal static class TravellingCause
{
    /// <summary>The cause itself if all of it is the framework's, otherwise its message.</summary>
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
