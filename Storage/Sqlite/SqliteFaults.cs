using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ActorShop.Storage.Sqlite;

internal static class SqliteFaults
{
    // SQLITE_ERROR: a statement that SQLite does not understand, or whose numbers are too large.
    private const int Error = 1;

    public static Exception Of(Exception failure) => failure is SqliteException refused
        ? new StorageFaultException(refused.Message, refused.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture), refused)
        : failure;

    /// <remarks>A question that cannot be answered is a bug of ours: to repeat it is of no use.</remarks>
    public static Exception OfRead(SqliteException refused) =>
        refused.SqliteErrorCode == Error ? new InvalidOperationException(refused.Message, Of(refused)) : Of(refused);
}
