using Npgsql;

namespace ActorShop.Storage.Migrations;

/// <summary>Brings a PostgreSQL database to the schema of this program.</summary>
/// <remarks>
/// Several may run at once: an advisory lock lets one work and the others find nothing left to do. Each migration is one
/// transaction, recorded with its checksum in the table <c>schema_migrations</c>, so whatever stops the work leaves whole steps.
/// </remarks>
public sealed class SchemaMigrator(NpgsqlDataSource source, ImmutableArray<Migration> migrations)
{
    // Any number of our own: locks of this kind belong to the database, not to a table.
    private const long LockKey = 0x4163746f7253686f;

    public SchemaMigrator(NpgsqlDataSource source)
        : this(source, Migration.All)
    {
    }

    /// <summary>How the database stands. Changes nothing.</summary>
    public async Task<SchemaStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await ReadStatusAsync(connection, cancellationToken);
    }

    /// <param name="onApplied">Told of each migration once it is committed.</param>
    /// <returns>What was applied; nothing where the database was up to date.</returns>
    /// <exception cref="SchemaException">The database is newer than this program, or an applied migration was edited.</exception>
    public async Task<ImmutableArray<Migration>> MigrateAsync(Action<Migration>? onApplied = null, CancellationToken cancellationToken = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            var status = await ReadStatusAsync(connection, cancellationToken);
            if (status.Trouble is { } trouble)
            {
                throw new SchemaException(trouble);
            }

            foreach (var migration in status.Pending)
            {
                await ApplyAsync(connection, migration, cancellationToken);
                onApplied?.Invoke(migration);
            }

            return status.Pending;
        }
        finally
        {
            // The connection goes back to its pool, where the lock would live on.
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            """
            create table if not exists schema_migrations
            (
                number     integer     not null primary key,
                name       text        not null,
                checksum   text        not null,
                applied_at timestamptz not null default now(),
                applied_by text        not null default current_user
            )
            """,
            cancellationToken);
        await ExecuteScriptAsync(connection, migration, cancellationToken);
        await using var record = new NpgsqlCommand("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteScriptAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, migration.Sql, cancellationToken);
        }
        catch (PostgresException refused)
        {
            throw new SchemaException($"Migration {migration} failed and was rolled back: {refused.MessageText} ({refused.SqlState}).");
        }
    }

    private async Task<SchemaStatus> ReadStatusAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('schema_migrations') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return SchemaStatus.Of([], migrations);
        }

        await using var select = new NpgsqlCommand("select number, name, checksum, applied_at from schema_migrations order by number", connection);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var applied = ImmutableArray.CreateBuilder<AppliedMigration>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return SchemaStatus.Of(applied.ToImmutable(), migrations);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
