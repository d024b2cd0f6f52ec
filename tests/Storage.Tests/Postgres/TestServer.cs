using ActorShop.Cluster;
using ActorShop.Storage.Migrations;
using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>The PostgreSQL that all tests of this assembly share, each with a database of its own.</summary>
internal static class TestServer
{
    private const string Template = "migrated";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    public static Task<string> NewDatabaseAsync() => NewAsync($"template {Template}");

    public static Task<string> NewEmptyDatabaseAsync() => NewAsync(string.Empty);

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> NewAsync(string clause)
    {
        var server = await Shared.Value;
        var name = server.NewDatabaseName();
        await ExecuteAsync(Without(server.ConnectionString("postgres")), $"create database {name} {clause}");
        return server.ConnectionString(name);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartNewAsync();
        await ExecuteAsync(Without(server.ConnectionString("postgres")), $"create database {Template}");
        await using var source = NpgsqlDataSource.Create(Without(server.ConnectionString(Template)));
        await new SchemaMigrator(source).MigrateAsync();
        return server;
    }

    // A pooled connection would keep a template in use.
    private static string Without(string connectionString) => connectionString + ";Pooling=false";
}
