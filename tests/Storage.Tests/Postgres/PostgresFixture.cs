using ActorShop.Reporting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

/// <summary>A shop's storage over a database of its own.</summary>
internal sealed class PostgresFixture(string connectionString, Action<PostgresOptions>? configure = null) : IAsyncDisposable
{
    private ServiceProvider? _provider;

    public string ConnectionString => connectionString;

    public PostgresDatabase Database => Get<PostgresDatabase>();

    public IGrainStorage Storage => Get<IGrainStorage>();

    public IReadModels ReadModels => Get<IReadModels>();

    public static async Task<PostgresFixture> OpenAsync(Action<PostgresOptions>? configure = null) =>
        new(await TestServer.NewDatabaseAsync(), configure);

    public static PostgresFixture Of(string connectionString, Action<PostgresOptions>? configure = null) => new(connectionString, configure);

    public T Get<T>()
        where T : notnull => (_provider ??= Provide()).GetRequiredService<T>();

    public T GetKeyed<T>(string key)
        where T : notnull => (_provider ??= Provide()).GetRequiredKeyedService<T>(key);

    public async Task CloseAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
            _provider = null;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>Another process beside this one, so to speak.</summary>
    public PostgresFixture Beside() => new(connectionString, configure);

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private ServiceProvider Provide()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = ("cluster", "shop"));
        services.AddPostgresShopStorage(connectionString, configure);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
