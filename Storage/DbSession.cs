using System.Data.Common;

namespace ActorShop.Storage;

/// <summary>A connection, or a transaction on it, in which statements of either database run. Used by one caller at a time.</summary>
internal abstract class DbSession(Dialect dialect)
{
    public Dialect Dialect => dialect;

    public async Task<ImmutableArray<T>> SelectAsync<T>(Sql sql, Func<Row, T> read)
    {
        await using var reader = await Command(sql).ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(new Row(reader, dialect)));
        }

        return rows.DrainToImmutable();
    }

    /// <summary>The first row of a query; <paramref name="otherwise"/> where there is none.</summary>
    public async Task<T> FirstAsync<T>(Sql sql, Func<Row, T> read, T otherwise)
    {
        var rows = await SelectAsync(sql, read);
        return rows.IsEmpty ? otherwise : rows[0];
    }

    public Task<int> ExecuteAsync(Sql sql) => Command(sql).ExecuteNonQueryAsync();

    /// <summary>Executes statements, in one round trip where there are round trips.</summary>
    public abstract Task ExecuteAsync(IEnumerable<Sql> statements);

    /// <summary>A command that is ready to execute. The session owns it.</summary>
    protected abstract DbCommand Command(Sql sql);
}
