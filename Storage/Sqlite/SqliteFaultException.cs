using SQLitePCL;

namespace ActorShop.Storage.Sqlite;

/// <summary>SQLite could not do what it was told: a full disk, a broken file, a wrong statement.</summary>
[GenerateSerializer]
[Alias("storage.sqlite-fault")]
public sealed class SqliteFaultException : OrleansException
{
    private SqliteFaultException(string message, int code)
        : base(message) => Code = code;

    /// <summary>The extended result code of SQLite.</summary>
    [Id(0)]
    public int Code { get; }

    internal static SqliteFaultException Of(sqlite3 database, int result)
    {
        var code = raw.sqlite3_extended_errcode(database);
        return new($"SQLite: {raw.sqlite3_errmsg(database).utf8_to_string()} ({(code == raw.SQLITE_OK ? result : code)}).", code);
    }
}
