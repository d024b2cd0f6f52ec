using System.Data.Common;
using Npgsql;

namespace ActorShop.Storage.Postgres;

internal sealed class PostgresSession(NpgsqlConnection connection) : DbSession(PostgresDialect.Instance)
{
    public override async Task ExecuteAsync(IEnumerable<Sql> statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            var (text, values) = statement.Build();
            var command = new NpgsqlBatchCommand(text);
            Add(command.Parameters, values);
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync();
        }
    }

    protected override DbCommand Command(Sql sql)
    {
        var (text, values) = sql.Build();
        var command = new NpgsqlCommand(text, connection);
        Add(command.Parameters, values);
        return command;
    }

    private void Add(NpgsqlParameterCollection parameters, List<object?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            parameters.Add(new(Sql.NameOf(i), Dialect.Value(values[i])));
        }
    }
}
