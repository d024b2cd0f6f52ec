using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>An open transaction, to be asked and told things. Values stand for <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed class PostgresQuestion(NpgsqlConnection connection)
{
    /// <summary>The rows of a statement.</summary>
    public Task<ImmutableArray<T>> SelectAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params object?[] values) =>
        SelectAsync(connection, sql, row, values);

    /// <summary>The first row of a statement, or something else where there is none.</summary>
    public async Task<T> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> row, T otherwise, params object?[] values)
    {
        var rows = await SelectAsync(sql, row, values);
        return rows.IsEmpty ? otherwise : rows[0];
    }

    /// <summary>Executes a statement.</summary>
    /// <returns>The number of rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        Add(command.Parameters, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Executes statements in one round trip.</summary>
    public async Task ExecuteAsync(IEnumerable<PostgresCommand> commands)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (sql, values) in commands)
        {
            var command = new NpgsqlBatchCommand(sql);
            Add(command.Parameters, values);
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync();
        }
    }

    internal static async Task<ImmutableArray<T>> SelectAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        Add(command.Parameters, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows.DrainToImmutable();
    }

    private static void Add(NpgsqlParameterCollection parameters, object?[] values)
    {
        foreach (var value in values)
        {
            // The server keeps moments in UTC, and the driver takes them in no other form.
            parameters.Add(new() { Value = value is DateTimeOffset moment ? moment.UtcDateTime : value ?? DBNull.Value });
        }
    }
}

/// <summary>A statement with its values.</summary>
internal readonly record struct PostgresCommand(string Sql, params object?[] Values);

/// <summary>Columns as the shop's types.</summary>
internal static class Columns
{
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Moment(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    public static DateTimeOffset? MomentOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Moment(column);
}
