using System.Data.Common;

namespace ActorShop.Storage;

internal readonly struct Row(DbDataReader reader, Dialect dialect)
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public bool Bool(int column) => reader.GetBoolean(column);

    public int Int(int column) => reader.GetInt32(column);

    public long Long(int column) => reader.GetInt64(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>A sum that <see cref="Sql.Sum"/> selected in two columns.</summary>
    public Int128 Sum(int column) => IsNull(column) ? 0 : ((Int128)reader.GetDecimal(column) * Sql.SumBase) + (Int128)reader.GetDecimal(column + 1);

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Moment(int column) => dialect.Moment(reader, column);

    public DateTimeOffset? MomentOrNull(int column) => IsNull(column) ? null : Moment(column);
}
