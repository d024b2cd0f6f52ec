using SQLitePCL;

namespace ActorShop.Storage.Sqlite;

/// <summary>A prepared statement, and the row it stands on. Belongs to its connection's user of the moment.</summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle) : IDisposable
{
    public void Bind(ReadOnlySpan<SqlValue> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            Check(Bind(i + 1, arguments[i]));
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var error => throw SqliteFaultException.Of(database, error),
    };

    /// <summary>Makes ready for the next execution, whatever became of this one.</summary>
    // The result repeats the error of the execution before, which was thrown already.
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public int Number(int column) => (int)Integer(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Moment(int column) => Micros.ToMoment(Integer(column));

    /// <summary>A text as its bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();

    private int Bind(int index, SqlValue value) => value switch
    {
        { IsNull: true } => raw.sqlite3_bind_null(handle, index),
        { Text: string text } => raw.sqlite3_bind_text(handle, index, text),
        { Text: byte[] utf8 } => raw.sqlite3_bind_text(handle, index, utf8),
        _ => raw.sqlite3_bind_int64(handle, index, value.Integer),
    };

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw SqliteFaultException.Of(database, result);
        }
    }
}
