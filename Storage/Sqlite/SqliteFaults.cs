using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ActorShop.Storage.Sqlite;

internal static class SqliteFaults
{
    public static Exception Of(Exception failure) => failure is SqliteException refused
        ? new StorageFaultException(refused.Message, refused.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture), refused)
        : failure;
}
