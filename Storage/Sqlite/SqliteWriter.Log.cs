using Microsoft.Extensions.Logging;

namespace ActorShop.Storage.Sqlite;

internal sealed partial class SqliteWriter
{
    [LoggerMessage(3000, LogLevel.Error, "A batch of {Writes} writes could not be committed; their outcome is unknown. The database is opened again.")]
    private static partial void LogCommitFailed(ILogger logger, int writes, Exception failure);

    [LoggerMessage(3001, LogLevel.Warning, "A batch of {Writes} writes was rolled back because one of them failed; they are written one by one.")]
    private static partial void LogBatchTakenBack(ILogger logger, int writes, Exception failure);

    [LoggerMessage(3002, LogLevel.Error, "A batch of {Writes} writes failed. The database is opened again.")]
    private static partial void LogBatchFailed(ILogger logger, int writes, Exception failure);
}
