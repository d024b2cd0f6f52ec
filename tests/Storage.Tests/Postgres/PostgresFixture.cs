using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;

namespace ActorShop.Storage.Postgres;

internal sealed class PostgresFixture(string connectionString, Action<PostgresOptions>? configure = null) : StorageFixture
{
    public string ConnectionString => connectionString;

    public PostgresDatabase Database => Get<PostgresDatabase>();

    public static PostgresFixture Of(string connectionString, Action<PostgresOptions>? configure = null) => new(connectionString, configure);

    public static async Task<PostgresFixture> OpenAsync() => new(await TestServer.NewDatabaseAsync());

    public PostgresFixture Beside() => new(connectionString, configure);

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    protected override void AddStorage(IServiceCollection services)
    {
        services.Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = ("cluster", "shop"));
        services.AddPostgresShopStorage(connectionString, configure);
    }
}
